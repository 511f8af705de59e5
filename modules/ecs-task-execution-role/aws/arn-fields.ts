/** What the ARNs of a field must be. */
export interface ArnField {
  /** Completes "be the ARN of". */
  readonly what: string;
  /** What to write instead of anything else. */
  readonly form: string;
  readonly pattern: RegExp;
}

const REPOSITORY: ArnField = {
  what: "an ECR repository",
  form: "arn:PARTITION:ecr:REGION:ACCOUNT:repository/NAME",
  pattern: arn("ecr", "repository/[a-z0-9._/*?-]+"),
};

const S3_OBJECT: ArnField = {
  what: "an S3 object",
  form: "arn:PARTITION:s3:::BUCKET/KEY",
  pattern: /^arn:aws(-[a-z]+)*:s3:::[A-Za-z0-9._-]+\/[\x20-\x7E]+$/,
};

/** The fields that hold ARNs, and what each of these ARNs must be; names may hold wildcards. */
export const ARN_FIELDS = {
  imageRepositories: REPOSITORY,
  pullThroughCacheRepositories: REPOSITORY,
  logGroups: {
    what: "a CloudWatch log group",
    form: "arn:PARTITION:logs:REGION:ACCOUNT:log-group:NAME",
    pattern: arn("logs", "log-group:[A-Za-z0-9._/#*?-]+(:\\*)?"),
  },
  secrets: {
    what: "a Secrets Manager secret, or a valueFrom that begins with it",
    form: "arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX",
    pattern: arn("secretsmanager", "secret:[A-Za-z0-9/_+=.@!*?-]+(:[^:]*){0,3}"),
  },
  parameters: {
    what: "an SSM parameter",
    form: "arn:PARTITION:ssm:REGION:ACCOUNT:parameter/NAME",
    pattern: arn("ssm", "parameter/+[A-Za-z0-9._*?-][A-Za-z0-9._/*?-]*"),
  },
  decryptionKeys: {
    what: "a KMS key; an alias will not do, IAM does not follow it",
    form: "arn:PARTITION:kms:REGION:ACCOUNT:key/ID",
    // The Region of the key is that of the service in `kms:ViaService`, so it must be one.
    pattern: arn("kms", "key/[A-Za-z0-9-]+", "[a-z0-9-]+"),
  },
  environmentFiles: S3_OBJECT,
  credentialSpecs: S3_OBJECT,
} as const satisfies Record<string, ArnField>;

export type ArnFieldName = keyof typeof ARN_FIELDS;

export const ARN_FIELD_NAMES = Object.keys(ARN_FIELDS) as ArnFieldName[];

export const SWITCHES = ["guardDutyAgent", "createLogGroups"] as const;

export type Switch = (typeof SWITCHES)[number];

/** A list field of `access`, or what only container definitions can say of a single log group. */
export type GrantField = ArnFieldName | "logGroupsToCreate";

export const GRANT_FIELDS: readonly GrantField[] = [...ARN_FIELD_NAMES, "logGroupsToCreate"];

/** ARNs by what gives them. */
export type Grants = Readonly<Record<GrantField, readonly string[]>>;

/** The pattern of a service's ARN; `*` may stand for all Regions. */
function arn(service: string, resource: string, region = "([a-z0-9-]+|\\*)"): RegExp {
  return new RegExp(`^arn:aws(-[a-z]+)*:${service}:${region}:[0-9]{12}:${resource}$`);
}
