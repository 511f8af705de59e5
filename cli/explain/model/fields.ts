/** A statement of an IAM policy. */
export interface Statement {
  readonly Effect: "Allow";
  readonly Action: string | readonly string[];
  readonly Resource: string;
  readonly Condition?: object;
}

export interface Field {
  /** Whether container definitions show these resources. */
  readonly inDefinitions: boolean;
  /** The kind of value that the field is about. */
  readonly value?: "repository" | "secret" | "parameter" | "key" | "logGroup" | "file" | "fileSystem";
  readonly isSwitch?: boolean;
  /** The statements for a role that this module did not create. */
  readonly statements: (arn: string) => readonly Statement[];
}

const PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
const IMPORT = ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"];
const THROUGH = { StringLike: { "kms:ViaService": ["secretsmanager.*", "ssm.*", "s3.*"] } };
const REFERENCE = /^(arn:[^:]+):ssm:([^:]+:[^:]+):parameter\/aws\/reference\/secretsmanager\//;

/** A lower-case word of six letters is a part of the name: Secrets Manager appends random characters. */
const SUFFIX = /-(?![a-z]{6}$)[A-Za-z0-9]{6}$/;

const allow = (Action: Statement["Action"], Resource: string): Statement => ({ Effect: "Allow", Action, Resource });

/** The ARN without the suffix that Secrets Manager appends matches no secret in a statement. */
export const withSuffix = (arn: string) => (SUFFIX.test(arn) || arn.endsWith("-??????") ? arn : `${arn}-??????`);

/** The secret that a parameter refers to, with its suffix unknown; undefined for any other parameter. */
function referencedSecret(parameter: string): string | undefined {
  return REFERENCE.test(parameter)
    ? withSuffix(parameter.replace(REFERENCE, "$1:secretsmanager:$2:secret:"))
    : undefined;
}

/** The fields of `access` that a stopped reason can point to. */
export const FIELDS = {
  imageRepositories: {
    inDefinitions: true,
    value: "repository",
    statements: (arn) => [allow(PULL, arn), allow("ecr:GetAuthorizationToken", "*")],
  },
  pullThroughCacheRepositories: {
    inDefinitions: false,
    value: "repository",
    statements: (arn) => [allow([...PULL, ...IMPORT], arn), allow("ecr:GetAuthorizationToken", "*")],
  },
  guardDutyAgent: {
    inDefinitions: false,
    isSwitch: true,
    statements: () => [
      allow(PULL, "arn:aws:ecr:*:*:repository/aws-guardduty-agent-fargate"),
      allow("ecr:GetAuthorizationToken", "*"),
    ],
  },
  logGroups: {
    inDefinitions: true,
    value: "logGroup",
    statements: (arn) => [allow(["logs:CreateLogStream", "logs:PutLogEvents"], `${arn}:*`)],
  },
  createLogGroups: {
    inDefinitions: false,
    isSwitch: true,
    value: "logGroup",
    statements: (arn) => [allow("logs:CreateLogGroup", `${arn}:*`)],
  },
  secrets: {
    inDefinitions: true,
    value: "secret",
    statements: (arn) => [allow("secretsmanager:GetSecretValue", withSuffix(arn))],
  },
  parameters: {
    inDefinitions: true,
    value: "parameter",
    statements: (arn) => [
      allow("ssm:GetParameters", arn),
      ...[referencedSecret(arn) ?? []].flat().map((secret) => allow("secretsmanager:GetSecretValue", secret)),
    ],
  },
  decryptionKeys: {
    inDefinitions: false,
    value: "key",
    statements: (arn) => [{ ...allow("kms:Decrypt", arn), Condition: THROUGH }],
  },
  environmentFiles: {
    inDefinitions: true,
    value: "file",
    statements: (arn) => [allow("s3:GetObject", arn), allow("s3:GetBucketLocation", arn.replace(/\/.*$/, ""))],
  },
  credentialSpecs: {
    inDefinitions: true,
    value: "file",
    statements: (arn) => [
      allow(["s3:GetObject", "s3:GetObjectVersion"], arn),
      allow(["s3:GetBucketLocation", "s3:ListBucket"], arn.replace(/\/.*$/, "")),
    ],
  },
  fsxFileSystems: {
    inDefinitions: false,
    value: "fileSystem",
    statements: () => [allow("fsx:DescribeFileSystems", "*")],
  },
} as const satisfies Record<string, Field>;

export type FieldName = keyof typeof FIELDS;
