import type { RoleWithPolicies } from "../account/policies";
import type { NeededCall } from "../needs/needed-call";
import { all, any, type Expression, not } from "./evaluation/expression";
import { type Fact, open } from "./evaluation/facts";
import { allowedBy } from "./evaluation/statements";
import { type Verdict, verdictOn } from "./evaluation/verdict";
import type { CheckedCall } from "./findings";
import { requestOf } from "./requests/role";
import { type Gate, type Gates, OPEN } from "./resources/gate";

/** Evaluates each needed call once, even if several containers need it. */
export async function checkCalls(
  role: RoleWithPolicies,
  calls: readonly NeededCall[],
  region: string,
  gates: Gates = async () => OPEN,
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
      return { action, resource, field, tasks: unique(tasks), ...(await resultOf(role, call, region, gates)) };
    }),
  );
}

async function resultOf(
  role: RoleWithPolicies,
  call: NeededCall,
  region: string,
  gates: Gates,
): Promise<Verdict & Pick<CheckedCall, "why">> {
  if (call.fails) {
    return { allowed: false, why: call.fails };
  }
  const gate = await gates(call, () => requestOf(role, call, region));
  const verdict = verdictOn(await allowed(role, call, region, gate));
  const why = verdict.allowed ? undefined : gate.why();
  if (why === undefined) {
    return verdict;
  }
  const isAllowedByRole = verdictOn(await allowed(role, call, region, OPEN)).allowed;
  const neither = `, and the role does not allow it either (access.${call.field} grants it)`;
  return { ...verdict, why: isAllowedByRole ? why : `${why}${neither}` };
}

async function allowed(
  role: RoleWithPolicies,
  call: NeededCall,
  region: string,
  { denies, grants }: Gate,
): Promise<Expression<Fact>> {
  const documents = role.policies.map(({ document }) => document);
  const on = async (resource: string) => {
    const request = await requestOf(role, { ...call, resource }, region);
    return all([not(denies), allowedBy(documents, role.boundary?.document, request, grants)]);
  };
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
