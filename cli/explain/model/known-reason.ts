import type { ListFieldName, Switch } from "../../../modules/ecs-task-execution-role/aws/access-fields";

export type FieldName = ListFieldName | Switch;

/** Whose matter a stopped reason is, in one sentence. */
export const WHOSE = {
  executionRole: "",
  otherPolicy: "A change to the role's own policies does not help.",
  network: "This is a network problem, not a permission.",
  secret: "This is about the secret, not about a permission.",
  parameter: "This is about the parameter, not about a permission.",
  key: "This is about the KMS key, not about a permission.",
  image: "This is about the image, not about a permission.",
  registry: "IAM roles do not apply to this registry.",
  file: "This is about the file, not about a permission.",
  fileSystem: "This is about the file system, not about the task execution role.",
  logGroup: "This is about the log group, not about a permission.",
  definition: "This is about the task definition, not about a permission.",
  taskRole: "This is about the task role, not about the task execution role.",
  instanceRole: "This is about the role of the container instance, not about the task execution role.",
  infrastructureRole: "This is about the infrastructure role, not about the task execution role.",
  serviceLinkedRole: "This is about the service-linked role of ECS, not about the task execution role.",
  caller: "This is about whoever starts or deploys the task, not about the task execution role.",
  application: "This is about your application, not about a role.",
  service: "This is about the ECS service, not about a role.",
  capacity: "This is about capacity, not about a role.",
  instance: "This is about the container instance, not about a role.",
  aws: "This is about AWS's own infrastructure, not about a role.",
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
  circuitBreaker: `${ECS_GUIDE}/deployment-circuit-breaker.html`,
  maintenance: `${ECS_GUIDE}/task-maintenance.html`,
  architecture: `${ECS_GUIDE}/ecs-arm64.html`,
} as const;
