/** The reason that Amazon ECS gives when a task does not start, and what to set. */
export interface StoppedReason {
  /** The reason as the documentation shows it. */
  readonly says: string;
  readonly pattern: RegExp;
  /** What to set, in Markdown. */
  readonly set: string;
}

/**
 * The reasons that point to the execution role, for the table in the documentation and for `explain`.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 */
export const STOPPED_REASONS: readonly StoppedReason[] = [
  {
    says: "`ResourceInitializationError: unable to pull secrets or registry auth` ... `ecr:GetAuthorizationToken`",
    pattern: /ecr:GetAuthorizationToken/,
    set: "`imageRepositories`",
  },
  {
    says: "`CannotPullContainerError` ... `ecr:BatchGetImage`, or `403 Forbidden` from ECR",
    pattern: /^(?!.*aws-guardduty-agent)(?=.*CannotPull).*(ecr:BatchGetImage|\.dkr[.-]ecr\..*403 Forbidden)/s,
    set: "that repository in `imageRepositories`",
  },
  {
    says: "the same on `repository/aws-guardduty-agent-fargate`",
    pattern: /aws-guardduty-agent/,
    set: "`guardDutyAgent: true`",
  },
  {
    says: "`CannotPullContainerError` ... `not found`, for an image of a pull-through cache",
    pattern: /CannotPull.*(ecr:BatchImportUpstreamImage|ecr:CreateRepository|\.dkr[.-]ecr\..*not found)/s,
    set: "`pullThroughCacheRepositories`; for any other image, the tag does not exist in the repository",
  },
  {
    says: "`ResourceInitializationError: failed to validate logger args` ... `logs:CreateLogStream`",
    pattern: /logs:(CreateLogStream|PutLogEvents)/,
    set: "`logGroups`",
  },
  {
    says: "the same with `logs:CreateLogGroup`",
    pattern: /logs:CreateLogGroup/,
    set: "`createLogGroups: true`",
  },
  {
    says: "`ResourceInitializationError: unable to pull secrets or registry auth` ... `secretsmanager:GetSecretValue`",
    pattern: /secretsmanager:GetSecretValue/,
    set: "`secrets`",
  },
  { says: "the same with `ssm:GetParameters`", pattern: /ssm:GetParameters/, set: "`parameters`" },
  {
    says: "the same with `kms:Decrypt`, or `Access to KMS is not allowed`",
    pattern: /kms:Decrypt|Access to KMS is not allowed/,
    set: "`decryptionKeys`; if the key policy does not allow the role through IAM policies, also add the output `keyPolicyStatement` to it",
  },
  {
    says: "`ResourceInitializationError: failed to download env files`",
    pattern: /^(?!.*AccessDenied).*failed to download env files/s,
    set: "`environmentFiles`",
  },
  {
    says: "the same with `AccessDenied`",
    pattern: /failed to download env files.*AccessDenied/s,
    set: "`environmentFiles`; for a bucket in another account, also that account in `bucketOwners` and the role in the bucket policy",
  },
  { says: "`fsx:DescribeFileSystems` is denied", pattern: /fsx:DescribeFileSystems/, set: "`fsxFileSystems`" },
  {
    says: "a gMSA credential specification in S3 that cannot be read",
    pattern: /cred(ential)?.?spec.*s3|s3.*cred(ential)?.?spec/is,
    set: "`credentialSpecs`",
  },
  {
    says: "`ECS was unable to assume the role`",
    pattern: /unable to assume the role/,
    set: "use `roleArn`, not `principalArn`; `trust` must name the task's account and Region; whoever starts the task needs `iam:PassRole`",
  },
];
