import type { RoleWithPolicies } from "../account/policies";
import type { NeededCall } from "../needs/needed-call";
import { all, any, type Expression, not } from "./evaluation/expression";
import { type Fact, open } from "./evaluation/facts";
import { allowedBy } from "./evaluation/statements";
import { type Verdict, verdictOn } from "./evaluation/verdict";
import type { CheckedCall } from "./findings";
import { requestOf } from "./requests/role";

/** Evaluates each needed call once, even if several containers need it. */
export async function checkCalls(
  role: RoleWithPolicies,
  calls: readonly NeededCall[],
  region: string,
): Promise<CheckedCall[]> {
  const same = new Map<string, NeededCall[]>();
  for (const call of calls) {
    const { task: _, part: __, ...about } = call;
    const name = JSON.stringify(about);
    same.set(name, [...(same.get(name) ?? []), call]);
  }
  return Promise.all(
    [...same.values()].map(async (all) => {
      const [call] = all as [NeededCall];
      const { action, resource, field } = call;
      const tasks = all.map(({ task, part }) => ({ taskDefinition: task, container: part }));
      return { action, resource, field, tasks: unique(tasks), ...(await resultOf(role, call, region)) };
    }),
  );
}

async function resultOf(
  role: RoleWithPolicies,
  call: NeededCall,
  region: string,
): Promise<Verdict & Pick<CheckedCall, "why">> {
  return call.fails ? { allowed: false, why: call.fails } : verdictOn(await allowed(role, call, region));
}

async function allowed(role: RoleWithPolicies, call: NeededCall, region: string): Promise<Expression<Fact>> {
  const documents = role.policies.map(({ document }) => document);
  const on = async (resource: string) =>
    allowedBy(documents, role.boundary?.document, await requestOf(role, { ...call, resource }, region));
  const { resource, or } = call;
  if (or === undefined) {
    return on(resource);
  }
  const isFirst = open("resource", { is: `the ARN ${or}:*`, not: `the ARN ${or}` });
  return any([all([isFirst, await on(resource)]), all([not(isFirst), await on(or)])]);
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
