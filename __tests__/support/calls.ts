import type { TaskExecutionAccess } from "../../modules/ecs-task-execution-role";
import type { DANGERS, FIELDS } from "../../scripts/docs/modes";
import type { Call } from "./evaluate";

const IN = "us-east-1:111122223333";
const ecr = (name: string) => `arn:aws:ecr:${IN}:repository/${name}`;
const logGroup = (name: string) => `arn:aws:logs:${IN}:log-group:${name}`;
const secret = (name: string) => `arn:aws:secretsmanager:${IN}:secret:${name}`;
const parameter = (name: string) => `arn:aws:ssm:${IN}:parameter/${name}`;
const key = (id: string) => `arn:aws:kms:${IN}:key/${id}`;

const pull = (repository: string): Call[] =>
  ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"].map((action) => ({
    action,
    resource: repository,
  }));
const write = (group: string): Call[] =>
  ["logs:CreateLogStream", "logs:PutLogEvents"].map((action) => ({ action, resource: `${group}:log-stream:app/1` }));
const login: Call = { action: "ecr:GetAuthorizationToken", resource: "*" };
const OWN_BUCKET = { "aws:ResourceAccount": "111122223333", "aws:PrincipalAccount": "111122223333" };
const OTHERS_BUCKET = { "aws:ResourceAccount": "444455556666", "aws:PrincipalAccount": "111122223333" };
const via = (service: string) => ({ "kms:ViaService": `${service}.us-east-1.amazonaws.com` });

/** The calls that ECS makes for a field of `access`, and similar calls that must be denied. */
export interface FieldCalls {
  readonly access: TaskExecutionAccess;
  readonly allowed: readonly Call[];
  readonly denied: readonly Call[];
}

/** Fields that restrict other fields, and parameters that also grant access to a secret. */
export const MORE_CALLS = {
  vpcEndpoints: {
    access: { vpcEndpoints: ["vpce-0123456789abcdef0"], imageRepositories: [ecr("orders")] },
    allowed: [
      login,
      ...pull(ecr("orders")).map((call) => ({ ...call, context: { "aws:SourceVpce": "vpce-0123456789abcdef0" } })),
    ],
    denied: [
      ...pull(ecr("orders")),
      ...pull(ecr("orders")).map((call) => ({ ...call, context: { "aws:SourceVpce": "vpce-0fedcba9876543210" } })),
    ],
  },
  bucketOwners: {
    access: { bucketOwners: ["444455556666"], environmentFiles: ["arn:aws:s3:::orders-config/production.env"] },
    allowed: [
      { action: "s3:GetObject", resource: "arn:aws:s3:::orders-config/production.env", context: OTHERS_BUCKET },
      { action: "s3:GetBucketLocation", resource: "arn:aws:s3:::orders-config", context: OTHERS_BUCKET },
    ],
    denied: [{ action: "s3:GetObject", resource: "arn:aws:s3:::orders-config/production.env", context: OWN_BUCKET }],
  },
  secretReferences: {
    access: { parameters: [parameter("aws/reference/secretsmanager/prod/db")] },
    allowed: [
      { action: "ssm:GetParameters", resource: parameter("aws/reference/secretsmanager/prod/db") },
      { action: "secretsmanager:GetSecretValue", resource: secret("prod/db-AbCdEf") },
    ],
    denied: [{ action: "secretsmanager:GetSecretValue", resource: secret("prod/db-2-AbCdEf") }],
  },
} satisfies Readonly<Record<string, FieldCalls>>;

export const FIELD_CALLS: Readonly<Record<keyof typeof FIELDS, FieldCalls>> = {
  imageRepositories: {
    access: { imageRepositories: [ecr("orders"), "arn:aws:ecr:us-east-1:444455556666:repository/team/*"] },
    allowed: [login, ...pull(ecr("orders")), ...pull("arn:aws:ecr:us-east-1:444455556666:repository/team/app")],
    denied: [
      ...pull(ecr("orders-2")),
      ...pull(ecr("team/app")),
      ...pull(ecr("aws-guardduty-agent-fargate")),
      { action: "ecr:PutImage", resource: ecr("orders") },
      { action: "ecr:BatchImportUpstreamImage", resource: ecr("orders") },
      { action: "ecr:CreateRepository", resource: ecr("orders") },
    ],
  },
  pullThroughCacheRepositories: {
    access: { pullThroughCacheRepositories: [ecr("docker-hub/*")] },
    allowed: [
      login,
      ...pull(ecr("docker-hub/library/nginx")),
      { action: "ecr:BatchImportUpstreamImage", resource: ecr("docker-hub/library/nginx") },
      { action: "ecr:CreateRepository", resource: ecr("docker-hub/library/nginx") },
    ],
    denied: [
      ...pull(ecr("orders")),
      { action: "ecr:BatchImportUpstreamImage", resource: ecr("orders") },
      { action: "ecr:CreateRepository", resource: ecr("orders") },
    ],
  },
  guardDutyAgent: {
    access: { guardDutyAgent: true },
    allowed: [login, ...pull("arn:aws:ecr:us-east-1:593207742271:repository/aws-guardduty-agent-fargate")],
    denied: [...pull(ecr("orders")), ...pull("arn:aws:ecr:us-east-1:593207742271:repository/other")],
  },
  logGroups: {
    access: { logGroups: [logGroup("/ecs/orders"), `${logGroup("/ecs/sidecar")}:*`] },
    allowed: [...write(logGroup("/ecs/orders")), ...write(logGroup("/ecs/sidecar"))],
    denied: [
      ...write(logGroup("/ecs/orders-2")),
      { action: "logs:CreateLogGroup", resource: logGroup("/ecs/orders") },
      { action: "logs:GetLogEvents", resource: `${logGroup("/ecs/orders")}:log-stream:app/1` },
      login,
    ],
  },
  createLogGroups: {
    access: { logGroups: [logGroup("/ecs/orders")], createLogGroups: true },
    allowed: [...write(logGroup("/ecs/orders")), { action: "logs:CreateLogGroup", resource: logGroup("/ecs/orders") }],
    denied: [{ action: "logs:CreateLogGroup", resource: logGroup("/ecs/orders-2") }],
  },
  secrets: {
    access: { secrets: [secret("db"), `${secret("api-AbCdEf")}:token:AWSCURRENT:`] },
    allowed: [
      { action: "secretsmanager:GetSecretValue", resource: secret("db-GhIjKl") },
      { action: "secretsmanager:GetSecretValue", resource: secret("api-AbCdEf") },
    ],
    denied: [
      { action: "secretsmanager:GetSecretValue", resource: secret("db-2-GhIjKl") },
      { action: "secretsmanager:GetSecretValue", resource: secret("db2-GhIjKl") },
      { action: "secretsmanager:GetSecretValue", resource: secret("api-ZzZzZz") },
      { action: "secretsmanager:DescribeSecret", resource: secret("api-AbCdEf") },
      { action: "ssm:GetParameters", resource: parameter("db") },
    ],
  },
  parameters: {
    access: {
      parameters: [parameter("orders/flags"), "arn:aws:ssm:us-east-1::parameter/aws/service/ecs/optimized-ami"],
    },
    allowed: [{ action: "ssm:GetParameters", resource: parameter("orders/flags") }],
    denied: [
      { action: "ssm:GetParameters", resource: parameter("orders/flags-2") },
      { action: "ssm:GetParameters", resource: parameter("orders") },
      { action: "ssm:GetParameter", resource: parameter("orders/flags") },
      { action: "ssm:GetParametersByPath", resource: parameter("orders") },
    ],
  },
  decryptionKeys: {
    access: { decryptionKeys: [key("1a2b3c4d-0000-0000-0000-000000000000")] },
    allowed: ["secretsmanager", "ssm", "s3"].map((service) => ({
      action: "kms:Decrypt",
      resource: key("1a2b3c4d-0000-0000-0000-000000000000"),
      context: via(service),
    })),
    denied: [
      { action: "kms:Decrypt", resource: key("1a2b3c4d-0000-0000-0000-000000000000") },
      { action: "kms:Decrypt", resource: key("1a2b3c4d-0000-0000-0000-000000000000"), context: via("ec2") },
      { action: "kms:Decrypt", resource: key("1a2b3c4d-0000-0000-0000-000000000000"), context: via("sqs") },
      { action: "kms:Decrypt", resource: key("1a2b3c4d-0000-0000-0000-000000000000"), context: via("s3express") },
      { action: "kms:Decrypt", resource: key("ffffffff-0000-0000-0000-000000000000"), context: via("secretsmanager") },
      { action: "kms:Encrypt", resource: key("1a2b3c4d-0000-0000-0000-000000000000"), context: via("secretsmanager") },
    ],
  },
  environmentFiles: {
    access: { environmentFiles: ["arn:aws:s3:::orders-config/production.env"] },
    allowed: [
      { action: "s3:GetObject", resource: "arn:aws:s3:::orders-config/production.env", context: OWN_BUCKET },
      { action: "s3:GetBucketLocation", resource: "arn:aws:s3:::orders-config", context: OWN_BUCKET },
    ],
    denied: [
      { action: "s3:GetObject", resource: "arn:aws:s3:::orders-config/production.env", context: OTHERS_BUCKET },
      { action: "s3:GetBucketLocation", resource: "arn:aws:s3:::orders-config", context: OTHERS_BUCKET },
      ...[
        { action: "s3:GetObject", resource: "arn:aws:s3:::orders-config/staging.env" },
        { action: "s3:GetObject", resource: "arn:aws:s3:::orders-config-2/production.env" },
        { action: "s3:GetBucketLocation", resource: "arn:aws:s3:::orders-config-2" },
        { action: "s3:ListBucket", resource: "arn:aws:s3:::orders-config" },
        { action: "s3:PutObject", resource: "arn:aws:s3:::orders-config/production.env" },
      ].map((call) => ({ ...call, context: OWN_BUCKET })),
    ],
  },
  credentialSpecs: {
    access: { credentialSpecs: ["arn:aws:s3:::orders-gmsa/specs/orders.json"] },
    allowed: [
      { action: "s3:GetObject", resource: "arn:aws:s3:::orders-gmsa/specs/orders.json", context: OWN_BUCKET },
      { action: "s3:GetObjectVersion", resource: "arn:aws:s3:::orders-gmsa/specs/orders.json", context: OWN_BUCKET },
      { action: "s3:GetBucketLocation", resource: "arn:aws:s3:::orders-gmsa", context: OWN_BUCKET },
      { action: "s3:ListBucket", resource: "arn:aws:s3:::orders-gmsa", context: OWN_BUCKET },
    ],
    denied: [
      { action: "s3:GetObject", resource: "arn:aws:s3:::orders-gmsa/specs/orders.json", context: OTHERS_BUCKET },
      { action: "s3:ListBucket", resource: "arn:aws:s3:::orders-gmsa", context: OTHERS_BUCKET },
      { action: "s3:GetObject", resource: "arn:aws:s3:::orders-gmsa/specs/other.json", context: OWN_BUCKET },
      { action: "s3:ListBucket", resource: "arn:aws:s3:::orders-gmsa-2", context: OWN_BUCKET },
      { action: "s3:PutObject", resource: "arn:aws:s3:::orders-gmsa/specs/orders.json", context: OWN_BUCKET },
    ],
  },
  fsxFileSystems: {
    access: { fsxFileSystems: [`arn:aws:fsx:${IN}:file-system/fs-0123456789abcdef0`] },
    allowed: [{ action: "fsx:DescribeFileSystems", resource: "*", context: { "aws:RequestedRegion": "us-east-1" } }],
    denied: [
      { action: "fsx:DescribeFileSystems", resource: "*", context: { "aws:RequestedRegion": "eu-west-1" } },
      { action: "fsx:DescribeBackups", resource: "*", context: { "aws:RequestedRegion": "us-east-1" } },
    ],
  },
};

const anything = (service: string, rest: string) => `arn:aws:${service}:${IN}:${rest}`;
const role = "arn:aws:iam::111122223333:role/admin";
const user = "arn:aws:iam::111122223333:user/admin";
const on = (resource: string, ...actions: string[]): Call[] => actions.map((action) => ({ action, resource }));

/** Calls that no execution role needs, by what they do. */
export const DANGEROUS_CALLS: Readonly<Record<keyof typeof DANGERS, readonly Call[]>> = {
  "change IAM": [
    ...on(
      role,
      "iam:CreateRole",
      "iam:AttachRolePolicy",
      "iam:PutRolePolicy",
      "iam:UpdateAssumeRolePolicy",
      "iam:PassRole",
    ),
    ...on(user, "iam:CreateUser", "iam:CreateAccessKey", "iam:AttachUserPolicy"),
    ...on("arn:aws:iam::111122223333:policy/x", "iam:CreatePolicyVersion"),
    ...on(role, "sts:AssumeRole"),
  ],
  "change or delete secrets": on(
    secret("db-GhIjKl"),
    "secretsmanager:PutSecretValue",
    "secretsmanager:UpdateSecret",
    "secretsmanager:DeleteSecret",
    "secretsmanager:PutResourcePolicy",
    "secretsmanager:CreateSecret",
  ),
  "read every secret": on(secret("somebody-elses-AbCdEf"), "secretsmanager:GetSecretValue"),
  "run CloudFormation change sets": on(
    anything("cloudformation", "stack/x/1"),
    "cloudformation:CreateChangeSet",
    "cloudformation:ExecuteChangeSet",
  ),
  "create and invoke Lambda functions": on(
    anything("lambda", "function:SecretsManagerRotation"),
    "lambda:CreateFunction",
    "lambda:InvokeFunction",
    "lambda:UpdateFunctionConfiguration",
    "lambda:AddPermission",
  ),
  "delete or read logs": [
    ...on(
      logGroup("/ecs/orders"),
      "logs:DeleteLogGroup",
      "logs:PutRetentionPolicy",
      "logs:PutSubscriptionFilter",
      "logs:FilterLogEvents",
    ),
    ...on(`${logGroup("/ecs/orders")}:log-stream:app/1`, "logs:DeleteLogStream", "logs:GetLogEvents"),
  ],
  "push images, delete images or repositories": ["orders", "docker-hub/library/nginx"].flatMap((name) =>
    on(ecr(name), "ecr:PutImage", "ecr:BatchDeleteImage", "ecr:DeleteRepository", "ecr:SetRepositoryPolicy"),
  ),
  "write to S3": [
    ...on("arn:aws:s3:::orders-config/production.env", "s3:PutObject", "s3:DeleteObject"),
    ...on("arn:aws:s3:::orders-config", "s3:DeleteBucket", "s3:PutBucketPolicy"),
  ],
  "change parameters": on(parameter("orders/flags"), "ssm:PutParameter", "ssm:DeleteParameter"),
  "encrypt with KMS keys, share or delete them": on(
    key("1a2b3c4d-0000-0000-0000-000000000000"),
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:CreateGrant",
    "kms:PutKeyPolicy",
    "kms:ScheduleKeyDeletion",
  ).map((call) => ({ ...call, context: via("secretsmanager") })),
  "run commands and tasks": [
    ...on(anything("ssm", "document/x"), "ssm:SendCommand"),
    ...on(anything("ecs", "task-definition/x:1"), "ecs:RunTask"),
    ...on(anything("ec2", "instance/*"), "ec2:RunInstances", "ec2:TerminateInstances"),
  ],
  "read tables and queues": [
    ...on(anything("dynamodb", "table/x"), "dynamodb:GetItem", "dynamodb:DeleteTable"),
    ...on(anything("sqs", "x"), "sqs:ReceiveMessage"),
  ],
};
