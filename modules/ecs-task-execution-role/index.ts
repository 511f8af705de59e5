export { DEFAULT_MANAGED_POLICIES } from "./aws/managed-policies";
export { EcsTaskExecutionRole } from "./ecs-task-execution-role";
export type { TaskExecutionAccess } from "./inputs/access";
export type { EcsTaskExecutionRoleProps } from "./inputs/props";
export type { TaskExecutionTrust } from "./inputs/trust";
