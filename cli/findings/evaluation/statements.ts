import { list, type PolicyJson, type StatementJson } from "../../verify/policies/policy-json";
import { hasDisputedWildcard } from "../operators/arns";
import { patternOf } from "../operators/globs";
import { RESOURCE } from "../operators/operators";
import { conditionsMet, isLike } from "./conditions";
import { all, any, type Expression, not } from "./expression";
import { type Fact, open } from "./facts";
import type { Request } from "./request";
import { isAbout } from "./scope";

/**
 * Whether the policies of a role, its boundary if it has one, and no Deny of either allow a request.
 *
 * @param grants what the policy of the resource makes of an Allow of the policies.
 */
export function allowedBy(
  policies: readonly PolicyJson[],
  boundary: PolicyJson | undefined,
  request: Request,
  grants = (allowed: Expression<Fact>) => allowed,
): Expression<Fact> {
  const bounds = boundary ? [boundary] : [];
  return all([
    not(anyOf("Deny", [...policies, ...bounds], request)),
    grants(anyOf("Allow", policies, request)),
    boundary ? anyOf("Allow", bounds, request) : true,
  ]);
}

/** Whether a trust policy lets a service assume the role. */
export function letIn(trust: PolicyJson, service: string, request: Request): Expression<Fact> {
  const Statement = list(trust.Statement).filter((one) => isAboutService(one, service));
  return allowedBy([{ ...trust, Statement }], undefined, request);
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function isAboutService({ Principal }: StatementJson, service: string): boolean {
  const { AWS, Service } = typeof Principal === "object" ? Principal : { AWS: Principal, Service: undefined };
  return list(AWS).includes("*") || list(Service).includes(service);
}

/** Whether any statement with this effect applies to a request. */
export function anyOf(effect: string, policies: readonly PolicyJson[], request: Request): Expression<Fact> {
  return any(
    policies.flatMap(({ Version, Statement }) =>
      list(Statement)
        .filter((one) => one.Effect === effect && isAbout(one, request.action))
        .map((one) => all([isOn(one, Version, request), conditionsMet(one.Condition, Version, request)])),
    ),
  );
}

/** Whether a statement is on the resource of a request; one in a trust policy is on its role. */
function isOn({ Resource, NotResource }: StatementJson, version: string | undefined, request: Request) {
  const isOneOf = (elements: readonly string[]) => any(elements.map((text) => isResource(text, version, request)));
  return NotResource !== undefined
    ? not(isOneOf(list(NotResource)))
    : Resource === undefined || isOneOf(list(Resource));
}

function isResource(text: string, version: string | undefined, request: Request): Expression<Fact> {
  const { resource } = request;
  const value = "unknown" in resource ? resource : (resource.values[0] ?? "");
  const match = isLike(RESOURCE, text, value, { key: "the ARN", state: resource, version, request });
  const requested = patternOf(typeof value === "string" ? value : (value.like ?? "*"));
  const taken = { is: `IAM taking the wildcard in ${text}`, not: `IAM refusing the wildcard in ${text}` };
  const isDisputed = match !== false && hasDisputedWildcard(patternOf(text), requested);
  return isDisputed ? all([match, open("wildcard", taken)]) : match;
}
