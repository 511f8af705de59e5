import type { Policy, RoleWithPolicies } from "../aws-calls/policies";
import { list, nameOf, type PolicyJson, type StatementJson } from "../policy-json";
import { type ConditionOnKey, eachCondition, isLike } from "./conditions";
import { all, any, type Expression, not } from "./expression";
import { hasDisputedWildcard } from "./operators/arn-patterns";
import { matches, patternOf } from "./operators/globs";
import { RESOURCE } from "./operators/operators";
import type { Request } from "./request";
import { unknownFact } from "./unknown-facts";

/** The policies that decide what a role can do. */
export type PoliciesOfRole = Pick<RoleWithPolicies, "policies" | "boundary">;

/**
 * Whether the policies of a role, its boundary if it has one, and no Deny of either allow a request.
 *
 * @param grants what the policy of the resource makes of an Allow of the policies.
 */
export function allowedBy(
  { policies, boundary }: PoliciesOfRole,
  request: Request,
  grants = (allowed: Expression) => allowed,
): Expression {
  const bounds = boundary ? [boundary] : [];
  return all([
    not(anyOf("Deny", [...policies, ...bounds], request)),
    grants(anyOf("Allow", policies, request)),
    boundary ? anyOf("Allow", bounds, request) : true,
  ]);
}

/** Whether any statement with this effect applies to a request. */
export function anyOf(effect: string, policies: readonly Policy[], request: Request): Expression {
  return any(
    statementsAbout(policies, request)
      .filter((one) => one.effect === effect)
      .map(applies),
  );
}

/** A statement that is about the action of a request. */
export interface StatementAbout {
  /** The policy and the statement. */
  readonly where: string;
  readonly effect: string;
  readonly isOnResource: Expression;
  readonly conditions: readonly ConditionOnKey[];
}

/** Whether a statement applies to the request. */
export const applies = ({ isOnResource, conditions }: StatementAbout): Expression =>
  all([isOnResource, ...conditions.map(({ isMet }) => isMet)]);

/** The statements that are about the action of a request. */
export function statementsAbout(policies: readonly Policy[], request: Request): StatementAbout[] {
  return policies.flatMap(({ name, document: { Version, Statement } }) =>
    list(Statement).flatMap((statement, index) =>
      isAbout(statement, request.action)
        ? [
            {
              where: `${name}, ${nameOf(statement, index)}`,
              effect: statement.Effect ?? "",
              isOnResource: isOnResource(statement, Version, request),
              conditions: eachCondition(statement.Condition, Version, request),
            },
          ]
        : [],
    ),
  );
}

/** Whether a statement covers an action. */
export function isAbout({ Action, NotAction }: StatementJson, action: string): boolean {
  const isNamed = (patterns: readonly string[]) =>
    patterns.some((pattern) => matches(patternOf(pattern.toLowerCase()), action.toLowerCase()));
  return NotAction === undefined ? isNamed(list(Action)) : !isNamed(list(NotAction));
}

/** The statements of a trust policy about a service, with their names. */
export function aboutService({ Version, Statement }: PolicyJson, service: string): PolicyJson {
  const named = list(Statement).map((one, index) => ({ ...one, Sid: nameOf(one, index) }));
  return { Version, Statement: named.filter((one) => isAboutService(one, service)) };
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function isAboutService({ Principal }: StatementJson, service: string): boolean {
  const { AWS, Service } = typeof Principal === "object" ? Principal : { AWS: Principal, Service: undefined };
  return list(AWS).includes("*") || list(Service).includes(service);
}

/** Whether a statement is on the resource of a request; one in a trust policy is on its role. */
function isOnResource({ Resource, NotResource }: StatementJson, version: string | undefined, request: Request) {
  const isOneOf = (elements: readonly string[]) => any(elements.map((text) => isResource(text, version, request)));
  return NotResource !== undefined
    ? not(isOneOf(list(NotResource)))
    : Resource === undefined || isOneOf(list(Resource));
}

function isResource(text: string, version: string | undefined, request: Request): Expression {
  const { resource } = request;
  const value = "unknown" in resource ? resource : (resource.values[0] ?? "");
  const match = isLike(RESOURCE, text, value, { key: "the ARN", state: resource, version, request });
  const requested = patternOf(typeof value === "string" ? value : (value.like ?? "*"));
  const taken = { positive: `IAM taking the wildcard in ${text}`, negative: `IAM refusing the wildcard in ${text}` };
  const isDisputed = match !== false && hasDisputedWildcard(patternOf(text), requested);
  return isDisputed ? all([match, unknownFact("wildcard", taken)]) : match;
}
