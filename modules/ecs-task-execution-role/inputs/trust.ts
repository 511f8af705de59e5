/**
 * Restricts the tasks for which ECS may assume the role. Each field adds a condition to the trust policy's statement;
 * if both are set, both conditions must hold.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
 */
export interface TaskExecutionTrust {
  /**
   * The accounts, 12 digits each, whose tasks may use the role (`aws:SourceAccount`).
   *
   * @default - Tasks of every account that may pass the role.
   * @throws Error if one is no account, or the list is empty.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
   */
  readonly sourceAccounts?: readonly string[];

  /**
   * The ECS ARNs of the tasks that may use the role (`aws:SourceArn`), such as
   * `arn:aws:ecs:*:111122223333:*`. An ARN that names a Region keeps tasks of other Regions from
   * starting, with "ECS was unable to assume the role". ECS does not support a cluster here.
   *
   * @default - Every task.
   * @throws Error if one is not such an ARN, or the list is empty.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
   */
  readonly sourceArns?: readonly string[];
}
