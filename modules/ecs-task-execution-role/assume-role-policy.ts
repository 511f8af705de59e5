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
