import { Token } from "cdktf";
import { asList, isUnknown } from "./unknown";

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

/** What each field of {@link TaskExecutionTrust} is compared with, how, and what it must be. */
export const TRUST_FIELDS = {
  sourceAccounts: {
    test: "StringEquals",
    variable: "aws:SourceAccount",
    pattern: /^[0-9]{12}$/,
    must: "be the 12 digits of an AWS account",
    fix: 'write it as a string, such as "111122223333"',
  },
  sourceArns: {
    test: "ArnLike",
    variable: "aws:SourceArn",
    pattern: /^arn:aws(-[a-z]+)*:ecs:([a-z0-9-]+|\*):[0-9]{12}:(\*|task\/\*)$/,
    must: "be the ECS ARN of an account or of all its tasks; ECS supports no cluster here",
    fix: 'write "arn:PARTITION:ecs:REGION:ACCOUNT:*", with * as REGION for all Regions',
  },
} as const;

export type TrustFieldName = keyof typeof TRUST_FIELDS;

export const TRUST_FIELD_NAMES = Object.keys(TRUST_FIELDS) as TrustFieldName[];

/**
 * The trust statement, as `data.aws_iam_policy_document` takes it.
 *
 * @param listOf where Terraform finds the list of a field that holds something not known yet.
 */
export function assumeRoleStatement(trust: TaskExecutionTrust, listOf: (field: TrustFieldName) => string) {
  const condition = TRUST_FIELD_NAMES.filter((field) => trust[field] !== undefined).map((field) => {
    const { test, variable } = TRUST_FIELDS[field];
    const given = asList(trust[field]);
    const values = given.some(isUnknown)
      ? Token.asList(`\${sort(distinct(${listOf(field)}))}`)
      : [...new Set(given)].sort();
    return { test, variable, values };
  });
  return { ...ASSUME_ROLE_STATEMENT, ...(condition.length > 0 && { condition }) };
}
