import { format, ROLE_FACTS, wording } from "./facts";

/** The service principal of ECS tasks. It is the same in every partition, whatever the DNS suffix. */
export const ECS_TASKS = "ecs-tasks.amazonaws.com";

/**
 * The trust policy's statement: only ECS tasks can assume the role.
 *
 * It has no Sid because the console's has none, so a role created there is adopted unchanged.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export const ASSUME_ROLE_STATEMENT = {
  actions: ["sts:AssumeRole"],
  principals: [{ type: "Service", identifiers: [ECS_TASKS] }],
};

/** The condition key, operator and format for each field of {@link TaskExecutionTrust}. */
export const TRUST_FIELDS = {
  sourceAccounts: {
    test: "StringEquals",
    variable: "aws:SourceAccount",
    form: "111122223333",
    ...format(ROLE_FACTS.trust.source_accounts),
    ...wording(ROLE_FACTS.trust.source_accounts),
  },
  sourceArns: {
    test: "ArnLike",
    variable: "aws:SourceArn",
    form: "arn:PARTITION:ecs:REGION:ACCOUNT:*",
    ...format(ROLE_FACTS.trust.source_arns),
    ...wording(ROLE_FACTS.trust.source_arns),
  },
} as const;

export type TrustFieldName = keyof typeof TRUST_FIELDS;

export const TRUST_FIELD_NAMES = Object.keys(TRUST_FIELDS) as TrustFieldName[];
