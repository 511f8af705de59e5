export { EcsTaskExecutionRole } from "./ecs-task-execution-role";
export type { TaskExecutionAccess } from "./inputs/access";
export type { EcsTaskExecutionRoleProps } from "./inputs/props";
export type { TaskExecutionTrust } from "./inputs/trust";
export { DEFAULT_MANAGED_POLICIES } from "./permissions/managed-policies";
