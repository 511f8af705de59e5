import type { Policy, RoleWithPolicies } from "../account/policies";
import type { NeededCall } from "../needs/calls";
import { list } from "../verify/policies/policy-json";
import { isAbout } from "./blocked";
import { callOf } from "./evaluation/context";
import { evaluated, type Result } from "./evaluation/evaluated";
import { matches } from "./evaluation/globs";
import { allows } from "./evaluation/simulate";
import type { Statements } from "./evaluation/unknown-keys";

/** A call that Amazon ECS makes for the tasks of a role, and whether it is allowed. */
export interface CheckedCall {
  readonly action: string;
  readonly resource: string;
  /** The field of `access` that grants it. */
  readonly field: string;
  /** The task definitions, and the containers in them, that need the call. */
  readonly tasks: readonly { readonly taskDefinition: string; readonly container: string }[];
  readonly allowed: boolean;
  /** The condition under which it is allowed, if the command cannot know whether the condition is met. */
  readonly onlyWith?: string;
  readonly why?: string;
}

/** Evaluates each needed call once, even if several containers need it. */
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
): Promise<Result & Pick<CheckedCall, "why">> {
  const { action, resource, pattern, fails } = call;
  if (fails) {
    return { allowed: false, why: fails };
  }
  const known = callOf(role, resource, region, call.context);
  const statements = statementsAbout(role, action);
  const result = await evaluated(statements, known, (context) => allows(role, { action, resource, context }));
  if (result.allowed || pattern === undefined) {
    return result;
  }
  for (const named of namesIn(statements, pattern)) {
    const context = { ...known.assumed, ...known.keys };
    if (await allows(role, { action, resource: named, context })) {
      return { allowed: true, onlyWith: `the ARN ${named}` };
    }
  }
  return result;
}

function statementsAbout({ policies, boundary }: RoleWithPolicies, action: string): Statements {
  const about = (documents: readonly Policy[]) =>
    documents.flatMap(({ document }) => list(document.Statement)).filter((one) => isAbout(one, action));
  return { own: about(policies), boundary: about(boundary ? [boundary] : []) };
}

/** The resources without wildcards in the statements that a pattern matches. */
function namesIn({ own }: Statements, pattern: string): string[] {
  return own.flatMap(({ Resource }) => list(Resource)).filter((one) => !/[*?]/.test(one) && matches(pattern, one));
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
