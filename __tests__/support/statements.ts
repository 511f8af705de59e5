import type { TaskExecutionAccess } from "../../modules/ecs-task-execution-role";
import type { TaskPlace } from "../../modules/ecs-task-execution-role/aws/container-grants";
import { grantsOf, unknownFields } from "../../modules/ecs-task-execution-role/synth/grants";
import { accessStatements } from "../../modules/ecs-task-execution-role/synth/statements";

/** The statements of an access in which nothing is unknown. */
export function statementsOf(access: TaskExecutionAccess, place: TaskPlace) {
  const grants = grantsOf(access, place);
  if (unknownFields(grants, place).length > 0) {
    throw new Error("nothing here is unknown");
  }
  return accessStatements(access, grants, place.partition);
}
