import type { GrantField } from "./access-fields";
import {
  type ArnMapping,
  anyResource,
  asGiven,
  bucket,
  logGroupAndStreams,
  logStreams,
  parameter,
  region,
  secret,
} from "./resource-arns";

/** A row of the permissions table: one statement of the policy. */
export interface Permission {
  /** Fixed, unique and alphanumeric, as IAM requires. */
  readonly sid: string;
  /** Its group in `modules/access`. While one statement of a group is unknown, a plan hides the whole group. */
  readonly group: "images" | "logs" | "secrets" | "files";
  readonly actions: readonly string[];
  /** The fields that require the statement. It is omitted if none of them is set. */
  readonly grantedBy: readonly GrantField[];
  /** How the ARNs in these fields become the statement's resources. */
  readonly resources: ArnMapping;
  /** The statement's condition, if any. */
  readonly condition?: Condition;
  /** The AWS page that documents these actions. */
  readonly source: string;
}

/** A condition on fixed values, or on the values of a field. */
export interface Condition {
  readonly test: string;
  readonly variable: string;
  /** The fixed values, or the default if the field is empty. With neither, the condition is omitted. */
  readonly values?: readonly string[];
  readonly from?: { readonly field: GrantField; readonly mapping: ArnMapping };
}

/**
 * A bucket's ARN has no account ID, so a bucket of that name could one day belong to someone else.
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
 * The statement for containers that need no AWS access. IAM rejects a policy without statements, and this call
 * needs no permission anyway.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export const NOTHING_NEEDED = { sid: "NothingNeeded", actions: ["sts:GetCallerIdentity"], resources: ["*"] };

/**
 * What each field of {@link TaskExecutionAccess} grants, in the order of the statements. Nothing else defines it.
 */
export const PERMISSIONS: readonly Permission[] = [
  {
    sid: "RegistryLogin",
    group: "images",
    actions: ["ecr:GetAuthorizationToken"],
    grantedBy: ["imageRepositories", "pullThroughCacheRepositories", "guardDutyAgent"],
    // This action has no resource-level permissions: a login applies to the whole registry.
    resources: anyResource,
    source: `${ECS_GUIDE}/task_execution_IAM_role.html`,
  },
  {
    sid: "PullImages",
    group: "images",
    actions: PULL,
    grantedBy: ["imageRepositories", "pullThroughCacheRepositories"],
    resources: asGiven,
    condition: THROUGH_ENDPOINTS,
    source: `${ECS_GUIDE}/task_execution_IAM_role.html`,
  },
  {
    sid: "PullGuardDutyAgent",
    group: "logs",
    actions: PULL,
    grantedBy: ["guardDutyAgent"],
    resources: asGiven,
    condition: THROUGH_ENDPOINTS,
    source: "https://docs.aws.amazon.com/guardduty/latest/ug/prereq-runtime-monitoring-ecs-support.html",
  },
  {
    sid: "ImportImages",
    group: "logs",
    actions: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
    grantedBy: ["pullThroughCacheRepositories"],
    resources: asGiven,
    source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html",
  },
  {
    sid: "WriteLogs",
    group: "logs",
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    grantedBy: ["logGroups"],
    resources: logStreams,
    source: `${ECS_GUIDE}/using_awslogs.html`,
  },
  {
    sid: "CreateLogGroups",
    group: "logs",
    actions: ["logs:CreateLogGroup"],
    grantedBy: ["createLogGroups"],
    resources: logGroupAndStreams,
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html",
  },
  {
    sid: "ReadSecrets",
    group: "secrets",
    actions: ["secretsmanager:GetSecretValue"],
    grantedBy: ["secrets", "referencedSecrets"],
    resources: secret,
    source: `${ECS_GUIDE}/secrets-envvar-secrets-manager.html`,
  },
  {
    sid: "ReadParameters",
    group: "secrets",
    actions: ["ssm:GetParameters"],
    grantedBy: ["parameters"],
    resources: parameter,
    source: `${ECS_GUIDE}/secrets-envvar-ssm-paramstore.html`,
  },
  {
    sid: "Decrypt",
    group: "files",
    actions: ["kms:Decrypt"],
    grantedBy: ["decryptionKeys"],
    resources: asGiven,
    condition: THROUGH_SERVICES,
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service",
  },
  {
    sid: "ReadEnvironmentFiles",
    group: "files",
    actions: ["s3:GetObject"],
    grantedBy: ["environmentFiles"],
    resources: asGiven,
    condition: OWN_BUCKETS,
    source: `${ECS_GUIDE}/use-environment-file.html`,
  },
  {
    sid: "LocateEnvironmentFiles",
    group: "files",
    actions: ["s3:GetBucketLocation"],
    grantedBy: ["environmentFiles"],
    resources: bucket,
    condition: OWN_BUCKETS,
    source: `${ECS_GUIDE}/use-environment-file.html`,
  },
  {
    sid: "ReadCredentialSpecs",
    group: "files",
    actions: ["s3:GetObject", "s3:GetObjectVersion"],
    grantedBy: ["credentialSpecs"],
    resources: asGiven,
    condition: OWN_BUCKETS,
    source: `${ECS_GUIDE}/fargate-linux-gmsa.html`,
  },
  {
    sid: "LocateCredentialSpecs",
    group: "files",
    actions: ["s3:GetBucketLocation", "s3:ListBucket"],
    grantedBy: ["credentialSpecs"],
    resources: bucket,
    condition: OWN_BUCKETS,
    source: `${ECS_GUIDE}/fargate-linux-gmsa.html`,
  },
  {
    sid: "DescribeFileSystems",
    group: "files",
    actions: ["fsx:DescribeFileSystems"],
    grantedBy: ["fsxFileSystems"],
    // This action has no resource-level permissions, so it can only be limited to the Region.
    resources: anyResource,
    condition: {
      test: "StringEquals",
      variable: "aws:RequestedRegion",
      from: { field: "fsxFileSystems", mapping: region },
    },
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/tutorial-wfsx-volumes.html",
  },
];
