/**
 * Resources that ECS can access on behalf of a task, to start it.
 *
 * Lists take ARNs, which can be unknown at synth. Order and duplicates do not matter. Permissions that
 * your application needs while it runs belong to the task role.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export interface TaskExecutionAccess {
  /**
   * ARNs of the ECR repositories to pull images from:
   * `arn:aws:ecr:eu-west-1:111122223333:repository/orders`. The name can contain wildcards: `repository/team/*`.
   * For a repository in another account, the repository policy must also allow the pull.
   *
   * @default - No repositories.
   * @throws Error if a value is not the ARN of an ECR repository.
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/security-iam-awsmanpol.html
   */
  readonly imageRepositories?: readonly string[];

  /**
   * ARNs of the repositories of a pull-through cache, usually with a wildcard:
   * `arn:aws:ecr:eu-west-1:111122223333:repository/docker-hub/*`. ECS can pull from them, import
   * images that are not cached yet, and create a repository on the first pull.
   *
   * @default - No pull-through cache.
   * @throws Error if a value is not the ARN of an ECR repository.
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
   */
  readonly pullThroughCacheRepositories?: readonly string[];

  /**
   * Whether ECS can pull the security agent of GuardDuty Runtime Monitoring. GuardDuty adds the agent to
   * Fargate tasks and stores its image in accounts that AWS owns, so this allows the agent's repository in any account.
   * If Runtime Monitoring is on and the role cannot pull the agent, the tasks run without it, and AWS Step Functions
   * reports them as failed.
   *
   * @default false
   * @throws Error if it is not a boolean.
   * @see https://docs.aws.amazon.com/guardduty/latest/ug/prereq-runtime-monitoring-ecs-support.html
   */
  readonly guardDutyAgent?: boolean;

  /**
   * IDs of the VPC endpoints that images are pulled through: `vpce-0123456789abcdef0`. ECS can then pull images only
   * through these endpoints. Registry login and logging are not restricted, because ECS does not make those calls
   * from your VPC.
   *
   * @default - Pulls are not restricted.
   * @throws Error if a value is not the ID of a VPC endpoint.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
   */
  readonly vpcEndpoints?: readonly string[];

  /**
   * ARNs of the CloudWatch log groups to write to, with or without a trailing `:*`:
   * `arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/orders`.
   *
   * @default - No log groups.
   * @throws Error if a value is not the ARN of a log group.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
   */
  readonly logGroups?: readonly string[];

  /**
   * Whether ECS can also create the log groups. The `awslogs-create-group` option requires this. It applies to all log
   * groups that the role can write to.
   *
   * @default false
   * @throws Error if it is true without `logGroups` or `containerDefinitions`.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
   */
  readonly createLogGroups?: boolean;

  /**
   * Secrets Manager secrets to read: secrets of containers and log drivers, and credentials of private registries.
   * Each value is an ARN, the `valueFrom` of a container definition
   * (`...:secret:orders-AbCdEf:json-key:version-stage:version-id`), or an ARN without the six
   * characters that Secrets Manager appends. If the name of the secret itself ends with a hyphen and six letters or
   * digits (`db-master`), use the full ARN, because that ending looks like the appended characters.
   *
   * @default - No secrets.
   * @throws Error if a value is not the ARN of a secret.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
   */
  readonly secrets?: readonly string[];

  /**
   * ARNs of the SSM parameters to read:
   * `arn:aws:ssm:eu-west-1:111122223333:parameter/orders/flags`. A parameter under
   * `/aws/reference/secretsmanager/` also grants access to the secret that it references.
   *
   * @default - No parameters.
   * @throws Error if a value is not the ARN of an SSM parameter.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html
   */
  readonly parameters?: readonly string[];

  /**
   * ARNs of the customer managed KMS keys that encrypt these secrets, parameters and environment files. ECS
   * can decrypt with them only through Secrets Manager, SSM and S3. The key policy must also allow the role: add
   * `keyPolicyStatement` to it. AWS managed keys (`aws/secretsmanager`) require no permission.
   *
   * @default - No keys.
   * @throws Error if a value is not the ARN of a key. Aliases are not accepted, because IAM does not resolve them.
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
   */
  readonly decryptionKeys?: readonly string[];

  /**
   * ARNs of the environment files and FireLens configurations to read from S3:
   * `arn:aws:s3:::orders-config/production.env`. ECS can also get the Region of their buckets. If another
   * account owns a bucket, add that account to `bucketOwners`.
   *
   * @default - No environment files.
   * @throws Error if a value is not the ARN of an S3 object.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html
   */
  readonly environmentFiles?: readonly string[];

  /**
   * ARNs of gMSA credential specifications in S3: `arn:aws:s3:::orders-config/gmsa.json`. Do not list those that are in
   * `containerDefinitions`. If the specification is an SSM parameter, add it to `parameters`. For domainless gMSA, add
   * the secret to `secrets`.
   *
   * @default - No credential specifications.
   * @throws Error if a value is not the ARN of an S3 object.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-linux-gmsa.html
   */
  readonly credentialSpecs?: readonly string[];

  /**
   * IDs of the accounts that own the buckets in `environmentFiles`, `credentialSpecs` and the container
   * definitions, 12 digits each. If the role's own account also owns one of the buckets, include it.
   *
   * @default - The account of the role.
   * @throws Error if an account ID is malformed.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
   */
  readonly bucketOwners?: readonly string[];

  /**
   * ARNs of the FSx for Windows File Server file systems in the task's `volumes` (EC2, Windows):
   * `arn:aws:fsx:eu-west-1:111122223333:file-system/fs-0123456789abcdef0`. IAM cannot restrict the call to a file
   * system, so ECS can describe all file systems in these Regions. Add the `credentialsParameter` of the file
   * system to `secrets` or `parameters`.
   *
   * @default - No file systems.
   * @throws Error if a value is not the ARN of a file system.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/tutorial-wfsx-volumes.html
   */
  readonly fsxFileSystems?: readonly string[];

  /**
   * Container definitions of the task, in the form that the task definition takes: an array, or its JSON. You can also
   * pass a whole task definition or, if several tasks share the role, a list of JSON strings. The role gets the
   * permissions that ECS needs to start these containers, and no others: for their images, registry credentials, secrets,
   * parameters, log groups, environment files, FireLens configurations and credential specifications. Terraform reads
   * values that are unknown at synth (`${repository.repositoryUrl}:v1`, `Fn.jsonencode([...])`).
   *
   * Use the other fields for what is not in container definitions: customer managed keys, the GuardDuty agent and
   * pull-through caches.
   *
   * @default - Only the other fields apply.
   * @throws Error if they are not valid JSON, or if ECS could not read an image, secret, log group, file or
   * specification in them. The error names the container and the field.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
   */
  readonly containerDefinitions?: ContainerDefinitions;
}

/** An array of container definitions, its JSON, a task definition that contains it, or a list of the last two. */
export type ContainerDefinitions = string | object | readonly (string | object)[];
