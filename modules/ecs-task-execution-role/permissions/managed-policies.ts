import { isExpression } from "../unknown";

/**
 * The four AWS managed policies from the AWS workshop: the name of each policy, including its path, by a fixed key.
 *
 * They are broad: `SecretsManagerReadWrite` allows changing and deleting every secret. Use them only in a workshop or a
 * development account.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export const DEFAULT_MANAGED_POLICIES = {
  AmazonECSTaskExecutionRolePolicy: "service-role/AmazonECSTaskExecutionRolePolicy",
  AmazonEC2ContainerRegistryReadOnly: "AmazonEC2ContainerRegistryReadOnly",
  CloudWatchLogsFullAccess: "CloudWatchLogsFullAccess",
  SecretsManagerReadWrite: "SecretsManagerReadWrite",
} as const;

/**
 * The ARN of an AWS managed policy, given its name including the path, in the caller's partition.
 * A value that is already an ARN is returned unchanged, as is an unknown value, which must be an ARN.
 */
export function managedPolicyArn(partition: string, policy: string): string {
  return isExpression(policy) || policy.startsWith("arn:") ? policy : `arn:${partition}:iam::aws:policy/${policy}`;
}
