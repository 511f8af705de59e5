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

const ACCOUNT = "111122223333";
const ECS_ARN = "arn:PARTITION:ecs:REGION:ACCOUNT:*";

/** The condition key, operator and format for each field of {@link TaskExecutionTrust}. */
export const TRUST_FIELDS = {
  sourceAccounts: {
    test: "StringEquals",
    variable: "aws:SourceAccount",
    pattern: /^[0-9]{12}$/,
    must: "be a 12-digit AWS account ID",
    form: ACCOUNT,
    fix: `write it as a string, such as "${ACCOUNT}"`,
  },
  sourceArns: {
    test: "ArnLike",
    variable: "aws:SourceArn",
    pattern: /^arn:aws(-[a-z]+)*:ecs:([a-z0-9-]+|\*):[0-9]{12}:(\*|task\/\*)$/,
    must: "be the ECS ARN of an account or of all its tasks; ECS does not support a cluster here",
    form: ECS_ARN,
    fix: `write "${ECS_ARN}", with * as REGION for all Regions`,
  },
} as const;

export type TrustFieldName = keyof typeof TRUST_FIELDS;

export const TRUST_FIELD_NAMES = Object.keys(TRUST_FIELDS) as TrustFieldName[];
