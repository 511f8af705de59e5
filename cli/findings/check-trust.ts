import { ECS_TASKS } from "../../modules/ecs-task-execution-role/permissions/trust-fields";
import { accountOf } from "../arns";
import { type RoleWithPolicies, TRUST_POLICY } from "../aws-calls/policies";
import { deniedBy } from "../evaluation/denial";
import { aboutService, allowedBy } from "../evaluation/matching-statements";
import type { Request } from "../evaluation/request";
import { assumeRole } from "../evaluation/requests/ecs-tasks";
import { type Verdict, verdictOn } from "../evaluation/verdict";
import type { Task } from "../needs/task";
import type { CheckedCall } from "./findings";

/** Whether Amazon ECS can assume the role for these tasks; returns a call only if it cannot, or if this is unknown. */
export function checkTrust(role: RoleWithPolicies, tasks: readonly Task[]): CheckedCall[] {
  const results = tasks.map(({ name, location }) => ({ name, ...resultOf(role, assumeRole(role, location)) }));
  const call = { action: "sts:AssumeRole", resource: role.arn, field: "trust" };
  const out = results.filter(({ allowed }) => !allowed);
  const perhaps = results.flatMap(({ onlyWith, ...one }) => (onlyWith ? [{ ...one, onlyWith }] : []));
  const denials = [...new Set(out.flatMap(({ deniedBy }) => deniedBy ?? []))].join(" and ");
  const why = "its trust policy does not allow ecs-tasks.amazonaws.com to assume it";
  return [
    ...(out.length > 0
      ? [{ ...call, tasks: out.map(wholeTask), allowed: false, why, ...(denials && { deniedBy: denials }) }]
      : []),
    ...perhaps.map(({ onlyWith, ...one }) => ({ ...call, tasks: [wholeTask(one)], allowed: true, onlyWith })),
  ];
}

function resultOf({ trust }: RoleWithPolicies, request: Request): Verdict & Pick<CheckedCall, "deniedBy"> {
  const policies = [{ name: TRUST_POLICY, document: aboutService(trust, ECS_TASKS) }];
  const verdict = verdictOn(allowedBy({ policies }, request));
  return verdict.allowed ? verdict : { ...verdict, ...deniedBy({ policies }, request) };
}

/** The denied call for a role that does not exist. */
export function noRole(arn: string, tasks: readonly Task[]): CheckedCall {
  return {
    action: "sts:AssumeRole",
    resource: arn,
    field: "roleName",
    tasks: tasks.map(wholeTask),
    allowed: false,
    why: `there is no such role in account ${accountOf(arn)}`,
  };
}

const wholeTask = ({ name }: { readonly name: string }) => ({ taskDefinition: name, container: "task" });
