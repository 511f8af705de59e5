/**
 * From where ECS may assume the role. All accounts and ARNs given make conditions on the one trust
 * statement; with both props, both must hold.
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

/**
 * Who may assume the role: ECS tasks, nobody else.
 *
 * The service principal is the same in every partition; it does not follow the DNS suffix. The
 * statement has no Sid because the console's has none: a role made there is adopted unchanged.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export const ASSUME_ROLE_STATEMENT = {
  actions: ["sts:AssumeRole"],
  principals: [{ type: "Service", identifiers: ["ecs-tasks.amazonaws.com"] }],
};

/** What each field of {@link TaskExecutionTrust} is compared with, and how. */
export const TRUST_CONDITIONS = {
  sourceAccounts: { test: "StringEquals", variable: "aws:SourceAccount" },
  sourceArns: { test: "ArnLike", variable: "aws:SourceArn" },
} as const satisfies Record<keyof TaskExecutionTrust, { test: string; variable: string }>;

/** The trust statement, as `data.aws_iam_policy_document` takes it. */
export function assumeRoleStatement(trust: TaskExecutionTrust = {}) {
  const fields = Object.keys(TRUST_CONDITIONS) as (keyof TaskExecutionTrust)[];
  const condition = fields.flatMap((field) => {
    const values = trust[field];
    return values === undefined ? [] : [{ ...TRUST_CONDITIONS[field], values: [...new Set(values)].sort() }];
  });
  return { ...ASSUME_ROLE_STATEMENT, ...(condition.length > 0 && { condition }) };
}
