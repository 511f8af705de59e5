export { EcsTaskExecutionRole } from "./ecs-task-execution-role";
export { DEFAULT_MANAGED_POLICIES } from "./managed-policies";
export type { EcsTaskExecutionRoleProps } from "./props";
