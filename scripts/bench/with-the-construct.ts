import { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import { synthesizeRoles } from "./synthesize-roles";

synthesizeRoles((stack, id) => {
  new EcsTaskExecutionRole(stack, id, { roleName: id });
});
