/**
 * Restricts the tasks for which ECS can assume the role. Each field adds a condition to the trust policy. If you set
 * both, both conditions must be met.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 */
export interface TaskExecutionTrust {
  /**
   * IDs of the accounts whose tasks can use the role (`aws:SourceAccount`), 12 digits each.
   *
   * @default - No condition on the account.
   * @throws Error if an account ID is malformed, or the list is empty.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
   */
  readonly sourceAccounts?: readonly string[];

  /**
   * ECS ARNs of the tasks that can use the role (`aws:SourceArn`), such as
   * `arn:aws:ecs:*:111122223333:*`. If the ARN specifies a Region, tasks in other Regions fail to start with
   * "ECS was unable to assume the role". ECS does not support cluster ARNs here.
   *
   * @default - No condition on the ARN.
   * @throws Error if an ARN is malformed, or the list is empty.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
   */
  readonly sourceArns?: readonly string[];
}
