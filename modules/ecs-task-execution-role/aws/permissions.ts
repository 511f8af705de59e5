import type { GrantField } from "./access-fields";
import {
  type ArnMapping,
  asGiven,
  bucket,
  logGroupAndStreams,
  logStreams,
  parameter,
  region,
  secret,
} from "./resource-arns";

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
  readonly condition?: Condition;
  /** The AWS page that asks for these actions. */
  readonly source: string;
}

type Field = GrantField | "guardDutyAgent";

/** A condition on fixed values, or on those of a field. */
export interface Condition {
  readonly test: string;
  readonly variable: string;
  /** Without a field, the values; with one, those that stand in where it is empty. Without any there is no condition. */
  readonly values?: readonly string[];
  readonly from?: { readonly field: GrantField; readonly mapping: ArnMapping };
}

/**
 * A bucket's ARN names no account, so somebody else could own a bucket of that name one day.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
const OWN_BUCKETS: Condition = {
  test: "StringEquals",
  variable: "aws:ResourceAccount",
  from: { field: "bucketOwners", mapping: asGiven },
  values: ["&{aws:PrincipalAccount}"],
};

/** The values are SERVICE.REGION.SUFFIX. The key's ARN fixes the Region, and the suffix differs between partitions. */
export const THROUGH_SERVICES = {
  test: "StringLike",
  variable: "kms:ViaService",
  values: ["secretsmanager.*", "ssm.*", "s3.*"],
} satisfies Condition;

const THROUGH_ENDPOINTS: Condition = {
  test: "StringEquals",
  variable: "aws:SourceVpce",
  from: { field: "vpcEndpoints", mapping: asGiven },
};

const ECS_GUIDE = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide";

export const PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

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
    // IAM knows no resource for this action: a login is to the registry as a whole.
    resources: { fixed: () => "*" },
    source: `${ECS_GUIDE}/task_execution_IAM_role.html`,
  },
  {
    sid: "PullImages",
    actions: PULL,
    givenBy: ["imageRepositories", "pullThroughCacheRepositories"],
    resources: asGiven,
    condition: THROUGH_ENDPOINTS,
    source: `${ECS_GUIDE}/task_execution_IAM_role.html`,
  },
  {
    sid: "PullGuardDutyAgent",
    actions: PULL,
    givenBy: ["guardDutyAgent"],
    // GuardDuty keeps its agent in an account of its own per Region, and adds Regions: what stays
    // the same is the repository's name.
    resources: { fixed: (partition) => `arn:${partition}:ecr:*:*:repository/aws-guardduty-agent-fargate` },
    condition: THROUGH_ENDPOINTS,
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
    givenBy: ["secrets", "referencedSecrets"],
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
    condition: THROUGH_SERVICES,
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service",
  },
  {
    sid: "ReadEnvironmentFiles",
    actions: ["s3:GetObject"],
    givenBy: ["environmentFiles"],
    resources: asGiven,
    condition: OWN_BUCKETS,
    source: `${ECS_GUIDE}/use-environment-file.html`,
  },
  {
    sid: "LocateEnvironmentFiles",
    actions: ["s3:GetBucketLocation"],
    givenBy: ["environmentFiles"],
    resources: bucket,
    condition: OWN_BUCKETS,
    source: `${ECS_GUIDE}/use-environment-file.html`,
  },
  {
    sid: "ReadCredentialSpecs",
    actions: ["s3:GetObject", "s3:GetObjectVersion"],
    givenBy: ["credentialSpecs"],
    resources: asGiven,
    condition: OWN_BUCKETS,
    source: `${ECS_GUIDE}/fargate-linux-gmsa.html`,
  },
  {
    sid: "LocateCredentialSpecs",
    actions: ["s3:GetBucketLocation", "s3:ListBucket"],
    givenBy: ["credentialSpecs"],
    resources: bucket,
    condition: OWN_BUCKETS,
    source: `${ECS_GUIDE}/fargate-linux-gmsa.html`,
  },
  {
    sid: "DescribeFileSystems",
    actions: ["fsx:DescribeFileSystems"],
    givenBy: ["fsxFileSystems"],
    // IAM knows no resource for this action, so the Region is all that can be named.
    resources: { fixed: () => "*" },
    condition: {
      test: "StringEquals",
      variable: "aws:RequestedRegion",
      from: { field: "fsxFileSystems", mapping: region },
    },
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/tutorial-wfsx-volumes.html",
  },
];
