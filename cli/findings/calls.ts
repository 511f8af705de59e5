import { ECS_TASKS } from "../../modules/ecs-task-execution-role/aws/trust-fields";
import type { RoleWithPolicies } from "../account/policies";
import type { NeededCall } from "../needs/calls";
import type { Task } from "../needs/task";
import { contextOf, unknownKeys } from "./context";
import { accountOf, allows, type Context, letsIn } from "./simulate";

/** A call that Amazon ECS makes for the tasks of a role, and whether it can. */
export interface CheckedCall {
  readonly action: string;
  readonly resource: string;
  /** The field of `access` that grants it. */
  readonly field: string;
  /** For whom: the task definition and what of it. */
  readonly tasks: readonly { readonly taskDefinition: string; readonly container: string }[];
  readonly allowed: boolean;
  /** The condition under which it is allowed, where nobody can know from outside whether that is met. */
  readonly onlyWith?: string;
  readonly why?: string;
}

/** Evaluates each needed call once, whoever needs it. */
export async function checkCalls(
  role: RoleWithPolicies,
  calls: readonly NeededCall[],
  region: string,
): Promise<CheckedCall[]> {
  const same = new Map<string, NeededCall[]>();
  for (const call of calls) {
    const name = JSON.stringify([call.action, call.resource, call.context]);
    same.set(name, [...(same.get(name) ?? []), call]);
  }
  return Promise.all(
    [...same.values()].map(async (all) => {
      const [call] = all as [NeededCall];
      const { action, resource, field, fails } = call;
      const tasks = all.map(({ task, part }) => ({ taskDefinition: task, container: part }));
      return { action, resource, field, tasks: unique(tasks), ...(await resultOf(role, call, region, fails)) };
    }),
  );
}

type Result = Pick<CheckedCall, "allowed" | "onlyWith" | "why">;

async function resultOf(role: RoleWithPolicies, call: NeededCall, region: string, fails?: string): Promise<Result> {
  const { action, resource } = call;
  const context: Context = { ...contextOf(role, resource, region), ...call.context };
  if (fails) {
    return { allowed: false, why: fails };
  }
  if (await allows(role, { action, resource, context })) {
    return { allowed: true };
  }
  for (const more of unknownKeys(role, context)) {
    if (await allows(role, { action, resource, context: { ...context, ...more } })) {
      return { allowed: true, onlyWith: inWords(more) };
    }
  }
  return { allowed: false };
}

/** Whether Amazon ECS can assume the role for these tasks; a call only where it cannot. */
export async function checkTrust(role: RoleWithPolicies, tasks: readonly Task[]): Promise<CheckedCall[]> {
  const results = await Promise.all(
    tasks.map(async ({ name, location: { partition, region, account } }) => {
      const SourceArn = `arn:${partition}:ecs:${region}:${account}:task/cluster/0`;
      const context = {
        "aws:SourceAccount": account,
        "aws:SourceArn": SourceArn,
        "aws:PrincipalIsAWSService": "true",
        "aws:PrincipalServiceName": ECS_TASKS,
      };
      return { name, isIn: await letsIn(role, context) };
    }),
  );
  const out = results.filter(({ isIn }) => !isIn).map(({ name }) => ({ taskDefinition: name, container: "task" }));
  const why = "its trust policy does not let ecs-tasks.amazonaws.com in";
  const call = { action: "sts:AssumeRole", resource: role.arn, field: "trust", tasks: out, allowed: false, why };
  return out.length > 0 ? [call] : [];
}

/** A role that is not there. */
export function noRole(arn: string, tasks: readonly Task[]): CheckedCall {
  return {
    action: "sts:AssumeRole",
    resource: arn,
    field: "roleName",
    tasks: tasks.map(({ name }) => ({ taskDefinition: name, container: "task" })),
    allowed: false,
    why: `there is no such role in account ${accountOf(arn)}`,
  };
}

function inWords(context: Context): string {
  return Object.entries(context)
    .map(([key, value]) => `${key} ${value}`)
    .join(" and ");
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
