import type { TaskLocation } from "../../modules/ecs-task-execution-role/permissions/container-grants";
import { ASSUME_ROLE_STATEMENT, ECS_TASKS } from "../../modules/ecs-task-execution-role/permissions/trust-fields";
import { type AccessCondition, accessStatements } from "../../modules/ecs-task-execution-role/synth/access-statements";
import { grantsOf } from "../../modules/ecs-task-execution-role/synth/grants";
import type { PolicyJson } from "../policy-json";
import type { DerivedAccess } from "./derived-access";

/** The policy that the module writes for `access`, with the role's account instead of a policy variable. */
export function policyFor({ access, created }: DerivedAccess, location: TaskLocation): PolicyJson {
  const grants = { ...grantsOf(access, location), createLogGroups: created };
  const Statement = accessStatements(grants).map(({ sid, actions, resources, condition }) => ({
    Sid: sid,
    Effect: "Allow",
    Action: actions,
    Resource: resources,
    ...(condition && { Condition: Object.fromEntries(condition.map((one) => conditionOf(one, location))) }),
  }));
  return { Version: "2012-10-17", Statement };
}

/** `${...}` would be an expression in the languages of several tools. */
function conditionOf({ test, variable, values }: AccessCondition, { account }: TaskLocation) {
  const known = values.map((value) => value.replaceAll("&{aws:PrincipalAccount}", account));
  return [test, { [variable]: known }] as const;
}

/** The trust policy of a role that only Amazon ECS can assume. */
export const ECS_TASKS_TRUST: PolicyJson = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: ASSUME_ROLE_STATEMENT.actions, Principal: { Service: ECS_TASKS } }],
};
