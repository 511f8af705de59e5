import type { RoleWithPolicies } from "../account/policies";
import type { NeededCall } from "../needs/needed-call";
import { deniedBy } from "./evaluation/denial";
import { all, any, type Expression, not } from "./evaluation/expression";
import { type Fact, open } from "./evaluation/facts";
import type { Request } from "./evaluation/request";
import { allowedBy, statementsAbout } from "./evaluation/statements";
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

type Result = Verdict & Pick<CheckedCall, "why" | "deniedBy">;

async function resultOf(role: RoleWithPolicies, call: NeededCall, region: string): Promise<Result> {
  const requestOn = (resource: string) => requestOf(role, { ...call, resource }, region);
  if (call.fails) {
    return { allowed: false, why: call.fails };
  }
  const verdict = verdictOn(await allowed(role, call, requestOn));
  return verdict.allowed ? verdict : { ...verdict, ...denial(role, await requestOn(call.resource)) };
}

function denial({ policies, boundary: policy }: RoleWithPolicies, request: Request) {
  const boundary = policy && { policy, statements: statementsAbout([policy], request) };
  return deniedBy(statementsAbout(policies, request), boundary);
}

async function allowed(
  role: RoleWithPolicies,
  { resource, or }: NeededCall,
  requestOn: (resource: string) => Promise<Request>,
): Promise<Expression<Fact>> {
  const documents = role.policies.map(({ document }) => document);
  const on = async (one: string) => allowedBy(documents, role.boundary?.document, await requestOn(one));
  if (or === undefined) {
    return on(resource);
  }
  const isFirst = open("resource", { is: `the ARN ${or}:*`, not: `the ARN ${or}` });
  return any([all([isFirst, await on(resource)]), all([not(isFirst), await on(or)])]);
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
