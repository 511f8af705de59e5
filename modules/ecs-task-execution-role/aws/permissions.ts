import type { GrantField } from "./arn-fields";
import { type ArnMapping, asGiven, bucket, logGroupAndStreams, logStreams, parameter, secret } from "./resource-arns";

/** One row of the table of permissions: one statement of the policy. */
export interface Permission {
  /** Fixed, unique and alphanumeric, as IAM wants it. */
  readonly sid: string;
  readonly actions: readonly string[];
  /** The fields without any of which the statement is left out. */
  readonly givenBy: readonly Field[];
  /** How the ARNs of these fields become its resources, or the one resource that is the same for all. */
  readonly resources: ArnMapping | { readonly fixed: (partition: string) => string };
  /** What else must hold. */
  readonly condition?: { readonly test: string; readonly variable: string; readonly values: readonly string[] };
  /** The AWS page that asks for these actions. */
  readonly source: string;
}

type Field = GrantField | "guardDutyAgent";

const ECS_GUIDE = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide";

const PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/**
 * What stands in the policy of containers that need nothing of AWS: IAM takes no policy without a
 * statement, and this call is allowed to everybody anyway.
 */
export const NOTHING_NEEDED = { sid: "NothingNeeded", actions: ["sts:GetCallerIdentity"], resources: ["*"] };

export const NOTHING_NEEDED_SOURCE = "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html";

/**
 * What each field of {@link TaskExecutionAccess} gives: the only place where that is written down.
 * The order is that of the statements.
 */
export const PERMISSIONS: readonly Permission[] = [
  {
    sid: "RegistryLogin",
    actions: ["ecr:GetAuthorizationToken"],
    givenBy: ["imageRepositories", "pullThroughCacheRepositories", "guardDutyAgent"],
    // The one action here that knows no resource: a login is to the registry as a whole.
    resources: { fixed: () => "*" },
    source: `${ECS_GUIDE}/task_execution_IAM_role.html`,
  },
  {
    sid: "PullImages",
    actions: PULL,
    givenBy: ["imageRepositories", "pullThroughCacheRepositories"],
    resources: asGiven,
    source: `${ECS_GUIDE}/task_execution_IAM_role.html`,
  },
  {
    sid: "PullGuardDutyAgent",
    actions: PULL,
    givenBy: ["guardDutyAgent"],
    // GuardDuty keeps its agent in an account of its own per Region, and adds Regions: what stays
    // the same is the repository's name.
    resources: { fixed: (partition) => `arn:${partition}:ecr:*:*:repository/aws-guardduty-agent-fargate` },
    source: "https://docs.aws.amazon.com/guardduty/latest/ug/prereq-runtime-monitoring-ecs-support.html",
  },
  {
    sid: "ImportImages",
    actions: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
    givenBy: ["pullThroughCacheRepositories"],
    resources: asGiven,
    source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html",
  },
  {
    sid: "WriteLogs",
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    givenBy: ["logGroups"],
    resources: logStreams,
    source: `${ECS_GUIDE}/using_awslogs.html`,
  },
  {
    sid: "CreateLogGroups",
    actions: ["logs:CreateLogGroup"],
    givenBy: ["logGroupsToCreate"],
    resources: logGroupAndStreams,
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html",
  },
  {
    sid: "ReadSecrets",
    actions: ["secretsmanager:GetSecretValue"],
    givenBy: ["secrets"],
    resources: secret,
    source: `${ECS_GUIDE}/secrets-envvar-secrets-manager.html`,
  },
  {
    sid: "ReadParameters",
    actions: ["ssm:GetParameters"],
    givenBy: ["parameters"],
    resources: parameter,
    source: `${ECS_GUIDE}/secrets-envvar-ssm-paramstore.html`,
  },
  {
    sid: "Decrypt",
    actions: ["kms:Decrypt"],
    givenBy: ["decryptionKeys"],
    resources: asGiven,
    // The values are SERVICE.REGION.SUFFIX. The key's ARN fixes the Region, and the suffix differs
    // between partitions.
    condition: { test: "StringLike", variable: "kms:ViaService", values: ["secretsmanager.*", "ssm.*", "s3.*"] },
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service",
  },
  {
    sid: "ReadEnvironmentFiles",
    actions: ["s3:GetObject"],
    givenBy: ["environmentFiles"],
    resources: asGiven,
    source: `${ECS_GUIDE}/use-environment-file.html`,
  },
  {
    sid: "LocateEnvironmentFiles",
    actions: ["s3:GetBucketLocation"],
    givenBy: ["environmentFiles"],
    resources: bucket,
    source: `${ECS_GUIDE}/use-environment-file.html`,
  },
  {
    sid: "ReadCredentialSpecs",
    actions: ["s3:GetObject", "s3:GetObjectVersion"],
    givenBy: ["credentialSpecs"],
    resources: asGiven,
    source: `${ECS_GUIDE}/fargate-linux-gmsa.html`,
  },
  {
    sid: "LocateCredentialSpecs",
    actions: ["s3:GetBucketLocation", "s3:ListBucket"],
    givenBy: ["credentialSpecs"],
    resources: bucket,
    source: `${ECS_GUIDE}/fargate-linux-gmsa.html`,
  },
];
