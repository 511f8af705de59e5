export type { TaskExecutionAccess } from "./access";
export type { TaskExecutionTrust } from "./assume-role-policy";
export { EcsTaskExecutionRole } from "./ecs-task-execution-role";
export { DEFAULT_MANAGED_POLICIES } from "./managed-policies";
export type { EcsTaskExecutionRoleProps } from "./props";
