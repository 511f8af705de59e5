/**
 * What ECS may reach on a task's behalf before the task starts, and nothing else.
 *
 * Every list holds ARNs, literal or not known yet, in any number and order; doubles do not matter.
 * What the application itself reaches while it runs belongs to the task role.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export interface TaskExecutionAccess {
  /**
   * ARNs of the ECR repositories to pull images from, also other accounts' (whose repository
   * policy must allow it too): `arn:aws:ecr:eu-west-1:111122223333:repository/orders`. The name may
   * hold wildcards: `repository/team/*`.
   *
   * @default - No repository.
   * @throws Error if one is not the ARN of an ECR repository.
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/security-iam-awsmanpol.html
   */
  readonly imageRepositories?: readonly string[];

  /**
   * ARNs of the repositories of a pull-through cache, mostly with a wildcard:
   * `arn:aws:ecr:eu-west-1:111122223333:repository/docker-hub/*`. ECS may pull from them, import
   * images that are not cached yet, and create a repository at its first pull.
   *
   * @default - No pull-through cache.
   * @throws Error if one is not the ARN of an ECR repository.
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
   */
  readonly pullThroughCacheRepositories?: readonly string[];

  /**
   * Whether ECS may pull the agent of GuardDuty Runtime Monitoring, which GuardDuty adds to Fargate
   * tasks and keeps in accounts of its own: the repository of that name in any account. A role that
   * may pull from named repositories only stops such tasks from starting.
   *
   * @default false
   * @throws Error if it is neither true nor false.
   * @see https://docs.aws.amazon.com/guardduty/latest/ug/prereq-runtime-monitoring-ecs-support.html
   */
  readonly guardDutyAgent?: boolean;

  /**
   * IDs of the VPC endpoints through which images are pulled: `vpce-0123456789abcdef0`. ECS can then pull through these
   * endpoints only. The registry login and the logs are not restricted, because ECS does not call them from your VPC.
   *
   * @default - Pulls are not restricted.
   * @throws Error if one is not the ID of a VPC endpoint.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
   */
  readonly vpcEndpoints?: readonly string[];

  /**
   * ARNs of the CloudWatch log groups to write to, with or without `:*` at the end:
   * `arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/orders`.
   *
   * @default - No log group.
   * @throws Error if one is not the ARN of a log group.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
   */
  readonly logGroups?: readonly string[];

  /**
   * Whether ECS may also create these log groups, all that the role has, which the
   * `awslogs-create-group` option needs.
   *
   * @default false
   * @throws Error if it is true and there are no `logGroups`.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
   */
  readonly createLogGroups?: boolean;

  /**
   * Secrets Manager secrets to read: for containers, for log drivers, and the credentials of a
   * private registry. An ARN, the `valueFrom` of a container definition
   * (`...:secret:orders-AbCdEf:json-key:version-stage:version-id`), or an ARN without the six
   * characters that Secrets Manager appends. Give the whole ARN of a secret whose name itself ends
   * with a hyphen and six letters or digits (`db-master`): it looks like one that has them.
   *
   * @default - No secret.
   * @throws Error if one is not the ARN of a secret.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
   */
  readonly secrets?: readonly string[];

  /**
   * ARNs of the SSM parameters to read:
   * `arn:aws:ssm:eu-west-1:111122223333:parameter/orders/flags`. A parameter below `/aws/reference/secretsmanager/`
   * also grants the secret that it refers to.
   *
   * @default - No parameter.
   * @throws Error if one is not the ARN of an SSM parameter.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html
   */
  readonly parameters?: readonly string[];

  /**
   * ARNs of the customer managed KMS keys of these secrets, parameters and environment files. ECS
   * may decrypt with them only by way of Secrets Manager, SSM and S3. The key's policy must allow
   * it too (see `principalArn`). AWS managed keys (`aws/secretsmanager`) need nothing.
   *
   * @default - No key.
   * @throws Error if one is not the ARN of a key, such as an alias, which IAM does not follow.
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
   */
  readonly decryptionKeys?: readonly string[];

  /**
   * ARNs of S3 objects to read, environment files and FireLens configurations:
   * `arn:aws:s3:::orders-config/production.env`. ECS may also ask for their buckets' Region. Name the accounts of
   * buckets that are not in the role's own account in `bucketOwners`.
   *
   * @default - No object.
   * @throws Error if one is not the ARN of an S3 object.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html
   */
  readonly environmentFiles?: readonly string[];

  /**
   * ARNs of gMSA credential specifications in S3: `arn:aws:s3:::orders-config/gmsa.json`. (One in SSM
   * is one of the `parameters`; the secret that a domainless one names, one of the `secrets`.)
   *
   * @default - No credential specification.
   * @throws Error if one is not the ARN of an S3 object.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-linux-gmsa.html
   */
  readonly credentialSpecs?: readonly string[];

  /**
   * The accounts, 12 digits each, that own the buckets of `environmentFiles`, `credentialSpecs` and the container
   * definitions. If you set it, it must include the role's own account where that owns one of the buckets.
   *
   * @default - The role's own account.
   * @throws Error if one is not an account.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
   */
  readonly bucketOwners?: readonly string[];

  /**
   * ARNs of the FSx for Windows File Server file systems in the task's `volumes` (EC2, Windows):
   * `arn:aws:fsx:eu-west-1:111122223333:file-system/fs-0123456789abcdef0`. IAM cannot restrict the call to a file system,
   * so ECS may describe all file systems of these Regions. The file system's `credentialsParameter` belongs in `secrets`
   * or `parameters`.
   *
   * @default - No file system.
   * @throws Error if one is not the ARN of a file system.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/tutorial-wfsx-volumes.html
   */
  readonly fsxFileSystems?: readonly string[];

  /**
   * The container definitions of the task, exactly as the task definition gets them: an array, or its
   * JSON. A whole task definition is understood too, and a list of JSON texts, for a role of several tasks. The role then has what ECS needs to start these containers, and nothing else: their images,
   * registry credentials, secrets, parameters, log groups, environment files, FireLens
   * configurations and credential specifications. Values that are not known yet
   * (`${repository.repositoryUrl}:v1`, `Fn.jsonencode([...])`) are read by Terraform.
   *
   * What the definitions do not say stays with the other fields: customer managed keys, GuardDuty's
   * agent, what a pull-through cache must import.
   *
   * @default - What the other fields say.
   * @throws Error if they are no JSON, or hold an image, secret, log group, file or specification
   * that ECS could not read; it names the container and the field.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
   */
  readonly containerDefinitions?: ContainerDefinitions;
}

/** An array of container definitions, its JSON, a task definition that holds them, or a list of the last two. */
export type ContainerDefinitions = string | object | readonly (string | object)[];
