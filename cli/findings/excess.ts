import type { TaskLocation } from "../../modules/ecs-task-execution-role/permissions/container-grants";
import type { Policy, RoleWithPolicies } from "../aws-calls/policies";
import { lackingConditions } from "../evaluation/allowed/lacking-conditions";
import { remainingResources } from "../evaluation/allowed/remaining-resources";
import { everyRequest, resourcePatterns } from "../evaluation/allowed/resource-patterns";
import { conditionsMet } from "../evaluation/conditions";
import { completed } from "../evaluation/operators/arn-patterns";
import { asText, contains, matches, overlaps, type Pattern, patternOf, STAR } from "../evaluation/operators/globs";
import type { Request } from "../evaluation/request";
import { actionsMatching, appliesTo, dangerOf, type KnownAction } from "../evaluation/service-reference/actions";
import { grouped } from "../grouped";
import type { NeededPatterns } from "../needs/needed-patterns";
import { concrete } from "../needs/needs-of-task";
import { list, nameOf, type StatementJson } from "../policy-json";
import type { DeadStatement, Excess } from "./findings";

/**
 * What a role allows but none of its tasks needs, most dangerous first.
 *
 * @param dead what allows nothing.
 */
export async function excessOf(
  role: RoleWithPolicies,
  needed: NeededPatterns,
  at: TaskLocation,
  dead: readonly DeadStatement[],
): Promise<Excess[]> {
  const always = everyRequest(role);
  const situation = { always, left: remainingResources(role, always), needed, at };
  const pairs = role.policies
    .flatMap((policy) => pairsOf(policy, always))
    .filter((pair) => !dead.some((one) => isSamePair(one, pair)));
  const found = await Promise.all(pairs.map((pair) => excessIn(pair, situation)));
  return oncePerPermission(found.flat()).sort((one, other) => rank(one, needed) - rank(other, needed));
}

/** One entry for an action and a resource, with every statement that has both. */
function oncePerPermission(found: readonly Excess[]): Excess[] {
  const same = grouped(found, ({ action, resource }) => [action.toLowerCase(), resource]);
  return same.map(([first, ...others]) => ({
    ...first,
    ...(others.length > 0 && { also: others.map(({ policy, statement }) => ({ policy, statement })) }),
    why: [...new Set([first, ...others].map(({ why }) => why))].join("; "),
  }));
}

const isSamePair = (one: DeadStatement, other: Pair) =>
  (["policy", "statement", "action", "resource"] as const).every((name) => one[name] === other[name]);

interface Situation {
  readonly always: Request;
  readonly left: ReturnType<typeof remainingResources>;
  readonly needed: NeededPatterns;
  readonly at: TaskLocation;
}

/** An action and a resource in a statement. */
interface Pair extends Pick<Excess, "policy" | "statement" | "action" | "resource"> {
  /** The actions that NotAction excludes. */
  readonly not: readonly string[];
  readonly Condition: StatementJson["Condition"];
  readonly version: string | undefined;
}

function pairsOf({ name: policy, document: { Version: version, Statement } }: Policy, always: Request): Pair[] {
  return list(Statement).flatMap((statement, index) => {
    const { Effect, Action, NotAction, Resource, Condition } = statement;
    const not = list(NotAction);
    const actions = NotAction === undefined ? list(Action) : ["*"];
    // NotResource allows more than any task needs.
    const resources = Resource === undefined ? ["*"] : list(Resource);
    const base = { policy, statement: nameOf(statement, index), not, Condition, version };
    const isEverMet = conditionsMet(Condition, version, always) !== false;
    return Effect === "Allow" && isEverMet
      ? actions.flatMap((action) => resources.map((resource) => ({ ...base, action, resource })))
      : [];
  });
}

async function excessIn(pair: Pair, situation: Situation): Promise<Excess[]> {
  const { policy, statement, action, not, resource, version } = pair;
  const { always, left, at } = situation;
  const reaches = resourcePatterns(resource.replace(/^arn:\*:/, `arn:${at.partition}:`), version, always);
  const patterns = not.map((one) => patternOf(one.toLowerCase()));
  const known = (await actionsMatching(action)).filter(
    (one) => !patterns.some((pattern) => matches(pattern, one.action.toLowerCase())),
  );
  const isPartNeeded = known.some((one) => situation.needed.has(one.action.toLowerCase()));
  const [worst] = known
    .flatMap((one) =>
      reaches
        .filter(({ pattern }) => appliesTo(one, pattern))
        .flatMap(({ pattern }) => left(one.action, pattern))
        .flatMap((pattern) => excessReason(one, pattern, pair, isPartNeeded, situation)),
    )
    .sort((one, other) => dangerOf(one.known) - dangerOf(other.known));
  return worst
    ? [
        {
          policy,
          statement,
          action: not.length > 0 ? `all but ${not.join(", ")}` : action,
          resource,
          level: worst.known.level,
          example: { action: worst.known.action, resource: exampleOf(worst.known, asText(worst.pattern), at) },
          why: worst.why,
        },
      ]
    : [];
}

/**
 * Why an action on a resource is more than any task needs; none if it is not.
 *
 * @param isPartNeeded whether the statement's pattern of actions also matches one that a task needs.
 */
function excessReason(
  known: KnownAction,
  pattern: Pattern,
  pair: Pair,
  isPartNeeded: boolean,
  { always, needed }: Situation,
) {
  const patterns = needed.get(known.action.toLowerCase());
  if (!patterns) {
    return [{ known, pattern, why: whyUnneeded(known, isPartNeeded) }];
  }
  if (!patterns.some((one) => overlaps(completed(patternOf(one.pattern)), pattern))) {
    return [{ known, pattern, why: "no task needs it on any of these resources" }];
  }
  const covering = patterns.filter((one) => contains(completed(patternOf(one.pattern)), pattern));
  const isCovered = covering.length > 0;
  const lacking = lackingConditions(pair, isCovered ? covering : patterns, always);
  const why = [...(isCovered ? [] : ["no task needs it on all these resources"]), ...lacking];
  return why.length === 0 ? [] : [{ known, pattern, why: why.join("; ") }];
}

function whyUnneeded({ action }: KnownAction, isPartNeeded: boolean): string {
  // No task definition shows whether a rule imports its image.
  const isImport = /^ecr:(BatchImportUpstreamImage|CreateRepository)$/.test(action);
  const one = isImport ? "only a pull-through cache needs the action" : "no task needs the action";
  return isPartNeeded ? "no task needs all these actions" : one;
}

/** An example resource; for `*`, one that the action supports. */
function exampleOf({ resources }: KnownAction, resource: string, { partition, region, account }: TaskLocation): string {
  const pattern = resource === "*" ? asText(resources[0]?.pattern ?? [STAR]) : resource;
  const here = ["*", partition, "*", region, account];
  const local = pattern
    .split(":")
    .map((segment, at) => (segment === "*" ? (here[at] ?? segment) : segment))
    .join(":");
  // The bucket of an object is not what a call on objects is about.
  const examples = [local, local.replace(/\*$/, "x/x")].map((one) => concrete(one));
  return examples.find((one) => resources.some(({ pattern: known }) => matches(known, one))) ?? concrete(local);
}

/** By danger, then what no task needs at all, then by how many resources match. */
function rank({ level, resource, example: { action } }: Excess, needed: NeededPatterns): number {
  const breadth = resource === "*" ? 0 : /[*?]/.test(resource) ? 1 : 2;
  const isNeeded = needed.has(action.toLowerCase()) ? 1 : 0;
  return (dangerOf({ action, level }) * 2 + isNeeded) * 3 + breadth;
}
