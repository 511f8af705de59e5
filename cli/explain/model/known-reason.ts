import type { ListFieldName, Switch } from "../../../modules/ecs-task-execution-role/permissions/access-fields";

export type FieldName = ListFieldName | Switch;

/** What the cause is, in one sentence, unless the execution role lacks a permission. */
export const WHOSE = {
  executionRole: "",
  otherPolicy: "Changing the role's own policies does not help.",
  network: "The cause is the network, not a permission.",
  secret: "The cause is the secret, not a permission.",
  parameter: "The cause is the parameter, not a permission.",
  key: "The cause is the KMS key, not a permission.",
  image: "The cause is the image, not a permission.",
  registry: "IAM roles do not apply to this registry.",
  file: "The cause is the file, not a permission.",
  fileSystem: "The cause is the file system, not the task execution role.",
  logGroup: "The cause is the log group, not a permission.",
  definition: "The cause is the task definition, not a permission.",
  taskRole: "The cause is the task role, not the task execution role.",
  instanceRole: "The cause is the container instance role, not the task execution role.",
  infrastructureRole: "The cause is the infrastructure role, not the task execution role.",
  serviceLinkedRole: "The cause is the service-linked role of ECS, not the task execution role.",
  caller: "The cause is the principal that made the call, not the task execution role.",
  application: "The cause is your application or its configuration, not a role.",
  service: "The message is about the ECS service, not about a role.",
  capacity: "The cause is the available capacity, not a role.",
  host: "The cause is the host of the task, not a role.",
  aws: "A role is not the cause.",
} as const;

export interface Cause {
  readonly whose: keyof typeof WHOSE;
  /** Why the task stopped. {@link VALUES} lists the placeholders, such as `{secret}`. */
  readonly why: string;
  readonly fix: string;
  /** The field of `access` that grants the call. */
  readonly field?: FieldName;
}

/** What ECS says, and its most likely cause. */
export interface KnownReason extends Cause {
  /** AWS's words, in Markdown, for the documentation. */
  readonly says: string;
  readonly pattern: RegExp;
  /** Applies only if the resource is known to be in the task's account, or in another one. */
  readonly account?: "own" | "other";
  /** The page of AWS on this reason. */
  readonly page?: string;
  /** Less likely causes, in order. */
  readonly others?: readonly Cause[];
}

/** The most likely cause first. */
export const causesOf = (row: KnownReason): readonly Cause[] => [row, ...(row.others ?? [])];

const ECS_GUIDE = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide";

export const PAGES = {
  pull: `${ECS_GUIDE}/task_cannot_pull_image.html`,
  initialization: `${ECS_GUIDE}/resource-initialization-error.html`,
  notFound: `${ECS_GUIDE}/resource-not-found-error.html`,
  connectivity: `${ECS_GUIDE}/verify-connectivity.html`,
  executionRole: `${ECS_GUIDE}/task_execution_IAM_role.html`,
  taskRole: `${ECS_GUIDE}/task-iam-roles.html`,
  instanceRole: `${ECS_GUIDE}/instance_IAM_role.html`,
  infrastructureRole: `${ECS_GUIDE}/infrastructure_IAM_role.html`,
  serviceLinkedRole: `${ECS_GUIDE}/using-service-linked-roles.html`,
  passRole: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
  accessDenied: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
  secrets: `${ECS_GUIDE}/secrets-envvar-secrets-manager.html`,
  parameters: `${ECS_GUIDE}/secrets-envvar-ssm-paramstore.html`,
  parameterReferences:
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html",
  keyState: "https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html",
  privateRegistry: `${ECS_GUIDE}/private-auth.html`,
  pullThroughCache: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html",
  repositoryPolicy: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html",
  s3Endpoint: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
  imageResolution: `${ECS_GUIDE}/deployment-type-ecs.html`,
  guardDuty: "https://docs.aws.amazon.com/guardduty/latest/ug/prereq-runtime-monitoring-ecs-support.html",
  environmentFiles: `${ECS_GUIDE}/use-environment-file.html`,
  logs: `${ECS_GUIDE}/using_awslogs.html`,
  efs: "https://repost.aws/knowledge-center/fargate-unable-to-mount-efs",
  fsx: `${ECS_GUIDE}/wfsx-volumes.html`,
  ebs: `${ECS_GUIDE}/troubleshoot-ebs-volumes.html`,
  gmsa: `${ECS_GUIDE}/fargate-linux-gmsa.html`,
  exec: `${ECS_GUIDE}/ecs-exec.html`,
  stopped: `${ECS_GUIDE}/stopped-task-error-codes.html`,
  outOfMemory: `${ECS_GUIDE}/out-of-memory.html`,
  failedToStart: `${ECS_GUIDE}/failed-to-start-error.html`,
  events: `${ECS_GUIDE}/service-event-messages-list.html`,
  failures: `${ECS_GUIDE}/api_failures_messages.html`,
  loadBalancer: `${ECS_GUIDE}/troubleshoot-service-load-balancers.html`,
  spot: `${ECS_GUIDE}/spot-interruption-errors.html`,
  taskSize: `${ECS_GUIDE}/task-cpu-memory-error.html`,
  gpu: `${ECS_GUIDE}/ecs-gpu.html`,
  lifecycleHooks: `${ECS_GUIDE}/deployment-lifecycle-hooks.html`,
  circuitBreaker: `${ECS_GUIDE}/deployment-circuit-breaker.html`,
  alarms: `${ECS_GUIDE}/deployment-alarm-failure.html`,
  maintenance: `${ECS_GUIDE}/task-maintenance.html`,
  architecture: `${ECS_GUIDE}/ecs-arm64.html`,
} as const;
