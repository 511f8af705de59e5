import type { TaskExecutionAccess } from "../../modules/ecs-task-execution-role";

/** An access with most of its fields. Do not change the values: the state fixtures contain them. */
export const EVERY_FIELD: TaskExecutionAccess = {
  imageRepositories: ["arn:aws:ecr:us-east-1:111122223333:repository/orders"],
  pullThroughCacheRepositories: ["arn:aws:ecr:us-east-1:111122223333:repository/docker-hub/*"],
  guardDutyAgent: true,
  logGroups: ["arn:aws:logs:us-east-1:111122223333:log-group:/ecs/orders:*"],
  createLogGroups: true,
  secrets: [
    "arn:aws:secretsmanager:us-east-1:111122223333:secret:db",
    "arn:aws:secretsmanager:us-east-1:111122223333:secret:a-AbCdEf:key::",
  ],
  parameters: ["arn:aws:ssm:us-east-1:111122223333:parameter//orders/flags"],
  decryptionKeys: ["arn:aws:kms:us-east-1:111122223333:key/1a2b"],
  environmentFiles: ["arn:aws:s3:::config/orders.env"],
};
