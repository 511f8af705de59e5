import type { RoleWithPolicies } from "../aws-calls/policies";
import { deniedBy } from "../evaluation/denial";
import { all, any, type Expression, not } from "../evaluation/expression";
import { allowedBy } from "../evaluation/matching-statements";
import type { Request } from "../evaluation/request";
import { requestOf } from "../evaluation/requests/role-requests";
import {
  NO_DECISION,
  type ResourceDecision,
  type ResourceDecisions,
} from "../evaluation/resource-policies/resource-policy";
import { unknownFact } from "../evaluation/unknown-facts";
import { isPossible, type Verdict, verdictOn } from "../evaluation/verdict";
import { grouped, unique } from "../grouped";
import type { NeededCall } from "../needs/needed-call";
import type { CheckedCall } from "./findings";

/** Evaluates each needed call once, even if several containers need it. */
export async function checkCalls(
  role: RoleWithPolicies,
  calls: readonly NeededCall[],
  region: string,
  decisions: ResourceDecisions = async () => NO_DECISION,
): Promise<CheckedCall[]> {
  const same = grouped(calls, ({ task: _, component: __, ...about }) => about);
  return Promise.all(
    same.map(async (all) => {
      const [call] = all;
      const { action, resource, field } = call;
      const tasks = all.map(({ task, component }) => ({ taskDefinition: task, container: component }));
      return { action, resource, field, tasks: unique(tasks), ...(await resultOf(role, call, region, decisions)) };
    }),
  );
}

type Result = Verdict & Pick<CheckedCall, "why" | "deniedBy">;

async function resultOf(
  role: RoleWithPolicies,
  call: NeededCall,
  region: string,
  decisions: ResourceDecisions,
): Promise<Result> {
  const requestOn = (resource: string) => requestOf(role, { ...call, resource }, region);
  const { fails } = call;
  const decision = fails ? failing(fails) : await decisions(call, () => requestOn(call.resource));
  const verdict = verdictOn(await allowed(role, call, requestOn, decision));
  if (verdict.allowed) {
    return verdict;
  }
  const reason = deniedBy(role, await requestOn(call.resource));
  const why = decision.why();
  if (why === undefined) {
    return { ...verdict, ...reason };
  }
  const isAllowedByRole = isPossible(await allowed(role, call, requestOn, NO_DECISION));
  const neither = `, and the role does not allow it either (access.${call.field} grants it)`;
  return isAllowedByRole ? { ...verdict, why } : { ...verdict, ...reason, why: `${why}${neither}` };
}

const failing = (why: string): ResourceDecision => ({ ...NO_DECISION, denies: true, why: () => why });

async function allowed(
  role: RoleWithPolicies,
  { resource, or }: NeededCall,
  requestOn: (resource: string) => Promise<Request>,
  { denies, grants }: ResourceDecision,
): Promise<Expression> {
  const on = async (one: string) => all([not(denies), allowedBy(role, await requestOn(one), grants)]);
  if (or === undefined) {
    return on(resource);
  }
  const isFirst = unknownFact("resource", { positive: `the ARN ${or}:*`, negative: `the ARN ${or}` });
  return any([all([isFirst, await on(resource)]), all([not(isFirst), await on(or)])]);
}
