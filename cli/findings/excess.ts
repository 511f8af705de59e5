import type { TaskLocation } from "../../modules/ecs-task-execution-role/aws/container-grants";
import type { Policy, RoleWithPolicies } from "../account/policies";
import { concrete } from "../needs/calls";
import { list, type StatementJson } from "../verify/policies/policy-json";
import { actionsMatching, appliesTo, type KnownAction, knownAction, LEVELS, type Level } from "./actions";
import { blockedBy } from "./blocked";
import { lackingConditions } from "./conditions";
import { contains, matches } from "./evaluation/globs";
import type { NeededPatterns } from "./needed-patterns";

/** An action and a resource in a statement that allow more than the needed calls. */
export interface Excess {
  readonly policy: string;
  /** Its Sid, or its number. */
  readonly statement: string;
  readonly action: string;
  readonly resource: string;
  readonly level: Level;
  /** A call that it allows and that no task needs. */
  readonly example: { readonly action: string; readonly resource: string };
  readonly why: string;
}

/** What a role allows but none of its tasks needs, most dangerous first. */
export async function excessOf(role: RoleWithPolicies, needed: NeededPatterns, at: TaskLocation): Promise<Excess[]> {
  const pairs = role.policies.flatMap(pairsOf);
  const isBlocked = blockedBy(role);
  const found = await Promise.all(pairs.map((pair) => excessIn(pair, isBlocked, needed, at)));
  return found.flat().sort((one, other) => rank(one) - rank(other));
}

interface Pair {
  readonly policy: string;
  readonly statement: string;
  readonly action: string;
  readonly resource: string;
  /** The actions that NotAction excludes. */
  readonly not: readonly string[];
  readonly conditions: StatementJson["Condition"];
}

function pairsOf({ name: policy, document }: Policy): Pair[] {
  return list(document.Statement).flatMap((statement, index) => {
    const { Sid, Effect, Action, NotAction, Resource, Condition } = statement;
    const not = list(NotAction);
    const actions = NotAction === undefined ? list(Action) : ["*"];
    // NotResource allows more than any task needs.
    const resources = Resource === undefined ? ["*"] : list(Resource);
    const base = { policy, statement: Sid || `statement ${index + 1}`, not, conditions: Condition };
    return Effect === "Allow"
      ? actions.flatMap((action) => resources.map((resource) => ({ ...base, action, resource })))
      : [];
  });
}

async function excessIn(
  pair: Pair,
  isBlocked: ReturnType<typeof blockedBy>,
  needed: NeededPatterns,
  at: TaskLocation,
): Promise<Excess[]> {
  const { policy, statement, action, not } = pair;
  // The value that IAM substitutes for a variable is unknown.
  const resource = pair.resource.replace(/\$\{[^}]*\}/g, "*").replace(/^arn:\*:/, `arn:${at.partition}:`);
  const actions = (await actionsMatching(action)).filter(
    (one) => !not.some((pattern) => matches(pattern.toLowerCase(), one.toLowerCase())),
  );
  const known = await Promise.all(actions.map(knownAction));
  const [worst] = known
    .filter((one) => appliesTo(one, resource) && !isBlocked(one.action, resource))
    .flatMap((one) => tooMuch(one, resource, pair.conditions, needed, at))
    .sort((one, other) => LEVELS.indexOf(one.known.level) - LEVELS.indexOf(other.known.level));
  return worst
    ? [
        {
          policy,
          statement,
          action: not.length > 0 ? `all but ${not.join(", ")}` : action,
          resource: pair.resource,
          level: worst.known.level,
          example: { action: worst.known.action, resource: exampleOf(worst.known, resource, at) },
          why: worst.why,
        },
      ]
    : [];
}

/** Why an action on a resource is more than any task needs; empty if it is not. */
function tooMuch(
  known: KnownAction,
  resource: string,
  conditions: StatementJson["Condition"],
  needed: NeededPatterns,
  at: TaskLocation,
) {
  const patterns = needed.get(known.action.toLowerCase());
  if (!patterns) {
    return [{ known, why: "no task needs the action" }];
  }
  const covering = patterns.filter(({ pattern }) => contains(pattern, resource));
  if (covering.length === 0) {
    return [{ known, why: "no task needs it on all these resources" }];
  }
  const lacking = lackingConditions(conditions, covering, at);
  return lacking.length === 0 ? [] : [{ known, why: lacking.join("; ") }];
}

/** An example resource; for `*`, one that the action supports. */
function exampleOf({ resources }: KnownAction, resource: string, { partition, region, account }: TaskLocation): string {
  const pattern = resource === "*" ? (resources[0]?.pattern ?? "*") : resource;
  const local = pattern.replace(/^arn:[^:]*:([^:]*):\*:\*:/, `arn:${partition}:$1:${region}:${account}:`);
  // The bucket of an object is not what a call on objects is about.
  const examples = [local, local.replace(/\*$/, "x/x")].map((one) => concrete(one));
  return examples.find((one) => resources.some(({ pattern: known }) => matches(known, one))) ?? concrete(local);
}

/** By access level, then by how many resources match. */
function rank({ level, resource }: Excess): number {
  const breadth = resource === "*" ? 0 : /[*?]/.test(resource) ? 1 : 2;
  return LEVELS.indexOf(level) * 3 + breadth;
}
