/** A reason why a task does not start that no statement of the execution role's own policies solves. */
export interface OtherCause {
  /** The reason as the documentation shows it. */
  readonly says: string;
  readonly pattern: RegExp;
  /** What to do, in Markdown. */
  readonly fix: string;
}

/**
 * In the order in which `explain` tries them, before the reasons that the role solves.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export const OTHER_CAUSES: readonly OtherCause[] = [
  {
    says: "`explicit deny in a service control policy`, `no service control policy allows`",
    pattern: /(service|resource) control policy/,
    fix: "A policy of your organization denies the call. Changing the role does not help.",
  },
  {
    says: "`no permissions boundary allows`, `explicit deny in a permissions boundary`",
    pattern: /permissions boundary/,
    fix: "The role's permissions boundary does not allow the call. Allow it there.",
  },
  {
    says: "`no VPC endpoint policy allows`, `explicit deny in a VPC endpoint policy`",
    pattern: /VPC endpoint policy/,
    fix: "The policy of the VPC endpoint does not allow the call. Allow it there.",
  },
  {
    says: "`no resource-based policy allows`, `explicit deny in a resource-based policy`",
    pattern: /resource-based policy/,
    fix: "The policy of the resource does not allow the role. Add `repositoryPolicyStatement` to a repository policy, `keyPolicyStatement` to a key policy, or the role to the policy of a secret.",
  },
  {
    says: "`explicit deny in an identity-based policy`",
    pattern: /explicit deny in an identity-based policy/,
    fix: "A Deny statement in one of the role's policies denies the call. Remove the statement, or exclude the resource from it.",
  },
  {
    says: "`i/o timeout`, `context deadline exceeded`, `no such host`, `connection refused`",
    pattern: /i\/o timeout|deadline exceeded|no such host|connection (refused|timed out|reset)|TLS handshake timeout/i,
    fix: "A network problem, not a permission. Check the route to a NAT gateway or to VPC endpoints, DNS, and the security groups (port 443).",
  },
  {
    says: "`The specified log group does not exist`",
    pattern: /log group does not exist/,
    fix: 'Create the log group, or set `awslogs-create-group` to `"true"` in the container and `createLogGroups` in `access`.',
  },
  {
    says: "`Secrets Manager can't find the specified secret`, `invalid ssm parameters`",
    pattern: /find the specified secret|invalid ssm parameters|ParameterNotFound/i,
    fix: "The secret or the parameter does not exist in this account and Region.",
  },
  {
    says: "`did not contain json key`",
    pattern: /did not contain json key/,
    fix: "The secret does not have the JSON key that the container definition names.",
  },
  {
    says: "`failed to download env files` ... `NoSuchKey`",
    pattern: /NoSuchKey/,
    fix: "The file does not exist in the bucket.",
  },
  {
    says: "`starport-layer-bucket` ... `403 Forbidden`",
    pattern: /starport-layer-bucket.*403/s,
    fix: "The policy of the S3 gateway endpoint does not allow the bucket of ECR's image layers, `prod-REGION-starport-layer-bucket`.",
  },
  {
    says: "`toomanyrequests`",
    pattern: /toomanyrequests|pull rate limit/i,
    fix: "The registry limits anonymous pulls. Set `repositoryCredentials`, or use a pull-through cache.",
  },
  {
    says: "`does not contain descriptor matching platform`",
    pattern: /descriptor matching platform/,
    fix: "The image is not built for the task's CPU architecture or operating system.",
  },
];
