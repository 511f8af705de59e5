/** The format of the elements of a list in `access`. */
export interface ListField {
  readonly must: string;
  /** The form to write, for error messages. */
  readonly form: string;
  readonly pattern: RegExp;
  /** What no element may contain, and what to write instead. */
  readonly never?: { readonly pattern: RegExp; readonly must: string; readonly fix: string };
}

const REPOSITORY: ListField = {
  must: "be the ARN of an ECR repository",
  form: "arn:PARTITION:ecr:REGION:ACCOUNT:repository/NAME",
  pattern: arn("ecr", "repository/[a-z0-9._/*?-]+"),
};

/** A policy variable, such as `&{aws:username}`, which IAM would replace with a value. */
export const POLICY_VARIABLE = /[&$]\{/;

// IAM policies allow no character above U+00FF.
const S3_OBJECT: ListField = {
  must: "be the ARN of an S3 object",
  form: "arn:PARTITION:s3:::BUCKET/KEY",
  pattern: /^arn:aws(-[a-z]+)*:s3:::[A-Za-z0-9._-]+\/[\x20-\x7E\u00A0-\u00FF]+$/,
  never: {
    pattern: POLICY_VARIABLE,
    must: "not contain an IAM policy variable such as &{aws:username}",
    fix: "write the key of the object, with * or ? for the parts that vary",
  },
};

/** The lists of `access`. Names in ARNs can contain wildcards. */
export const LIST_FIELDS = {
  imageRepositories: REPOSITORY,
  pullThroughCacheRepositories: REPOSITORY,
  vpcEndpoints: {
    must: "be the ID of a VPC endpoint",
    form: "vpce-0123456789abcdef0",
    pattern: /^vpce-[0-9a-f]+$/,
  },
  logGroups: {
    must: "be the ARN of a CloudWatch log group",
    form: "arn:PARTITION:logs:REGION:ACCOUNT:log-group:NAME",
    pattern: arn("logs", "log-group:[A-Za-z0-9._/#*?-]+(:\\*)?"),
  },
  secrets: {
    must: "be the ARN of a Secrets Manager secret, or a valueFrom that begins with one",
    form: "arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX",
    pattern: arn("secretsmanager", "secret:[A-Za-z0-9/_+=.@!*?-]+(:[^:]*){0,3}"),
  },
  parameters: {
    must: "be the ARN of an SSM parameter",
    form: "arn:PARTITION:ssm:REGION:ACCOUNT:parameter/NAME",
    // The ARNs of AWS's public parameters have no account ID.
    pattern:
      /^arn:aws(-[a-z]+)*:ssm:([a-z0-9-]+|\*):([0-9]{12}:parameter\/+[A-Za-z0-9._*?-][A-Za-z0-9._/*?-]*|:parameter\/aws\/service\/[A-Za-z0-9._/*?-]+)$/,
  },
  decryptionKeys: {
    must: "be the ARN of a KMS key, not of an alias, because IAM does not resolve aliases",
    form: "arn:PARTITION:kms:REGION:ACCOUNT:key/ID",
    // The key's Region determines the service's Region in `kms:ViaService`, so it cannot be a wildcard.
    pattern: arn("kms", "key/[A-Za-z0-9-]+", "[a-z0-9-]+"),
  },
  environmentFiles: S3_OBJECT,
  credentialSpecs: S3_OBJECT,
  bucketOwners: {
    must: "be a 12-digit AWS account ID",
    form: "111122223333",
    pattern: /^[0-9]{12}$/,
  },
  fsxFileSystems: {
    must: "be the ARN of an FSx file system",
    form: "arn:PARTITION:fsx:REGION:ACCOUNT:file-system/ID",
    // The permission is limited to the file system's Region, so it cannot be a wildcard.
    pattern: arn("fsx", "file-system/[A-Za-z0-9-]+", "[a-z0-9-]+"),
  },
} as const satisfies Record<string, ListField>;

export type ListFieldName = keyof typeof LIST_FIELDS;

export const LIST_FIELD_NAMES = Object.keys(LIST_FIELDS) as ListFieldName[];

export const SWITCHES = ["guardDutyAgent", "createLogGroups"] as const;

export type Switch = (typeof SWITCHES)[number];

/**
 * A list of `access`, or a list derived from `access`: the log groups that ECS can also create, and the parameters
 * that refer to a secret, which ECS reads through them.
 */
export type GrantField = ListFieldName | "logGroupsToCreate" | "referencedSecrets";

export const GRANT_FIELDS: readonly GrantField[] = [...LIST_FIELD_NAMES, "logGroupsToCreate", "referencedSecrets"];

/** Values by the field that grants them. */
export type Grants = Readonly<Record<GrantField, readonly string[]>>;

/**
 * Matches parameters that refer to a Secrets Manager secret in the same Region and account.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html
 */
export const SECRET_REFERENCE = /:parameter\/+aws\/reference\/secretsmanager\//;

/** The pattern of a service's ARN. By default, the Region can be `*`. */
function arn(service: string, resource: string, region = "([a-z0-9-]+|\\*)"): RegExp {
  return new RegExp(`^arn:aws(-[a-z]+)*:${service}:${region}:[0-9]{12}:${resource}$`);
}
