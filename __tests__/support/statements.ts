import type { TaskExecutionAccess } from "../../modules/ecs-task-execution-role";
import type { TaskLocation } from "../../modules/ecs-task-execution-role/permissions/container-grants";
import { accessStatements } from "../../modules/ecs-task-execution-role/synth/access-statements";
import { grantsOf } from "../../modules/ecs-task-execution-role/synth/grants";
import { policyDocumentSize, SOMEWHERE } from "../../modules/ecs-task-execution-role/synth/policy-size";

/** The statements of an access without unknown values. */
export function statementsOf(access: TaskExecutionAccess, place: TaskLocation) {
  return accessStatements(grantsOf(access, place));
}

/** The number of characters in the policy of an access without unknown values. */
export function sizeOf(access: TaskExecutionAccess): number {
  return policyDocumentSize(grantsOf(access, SOMEWHERE));
}
