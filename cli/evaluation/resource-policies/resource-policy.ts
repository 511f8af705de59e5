import { accountOf } from "../../arns";
import type { Lookups, ResourcePolicy } from "../../aws-calls/lookups/answers";
import type { NeededCall } from "../../needs/needed-call";
import { list, nameOf, type PolicyJson, type StatementJson } from "../../policy-json";
import { all, any, type Expression, not } from "../expression";
import { anyOf } from "../matching-statements";
import type { Request } from "../request";
import { isPossible } from "../verdict";
import { includedIn, type RoleWithBoundary } from "./included-principals";
import { NAMES, serviceOf, withPolicy } from "./with-policies";

/** What the policy of a resource decides about a call with a role. */
export interface ResourceDecision {
  readonly denies: Expression;
  /** Whether the call is allowed, given what the policies of the role allow. */
  readonly grants: (byRole: Expression) => Expression;
  /** Why the call is denied, whatever the role allows; undefined if it is not. */
  readonly why: () => string | undefined;
}

/** @param request what is known about the call; asked for only if a policy decides it. */
export type ResourceDecisions = (call: NeededCall, request: () => Promise<Request>) => Promise<ResourceDecision>;

/** A policy that is not read decides nothing. */
export const NO_DECISION: ResourceDecision = { denies: false, grants: (byRole) => byRole, why: () => undefined };

/** What the policies of resources decide about calls with a role. */
export function resourceDecisions(role: RoleWithBoundary, policy: Lookups["policy"]): ResourceDecisions {
  return async (call, request) => {
    const resource = withPolicy(call);
    const found = resource === undefined ? undefined : await policy(resource);
    return resource === undefined || found === undefined || "unknown" in found
      ? NO_DECISION
      : decisionOf(role, await request(), resource, found);
  };
}

const NO_STATEMENTS: PolicyJson = { Statement: [] };

/**
 * The policy of a resource in another account must allow the role or its account. A key policy can allow the role
 * itself, or leave the decision to its account. Any other policy can allow what the policies of the role do not.
 *
 * @param resource the ARN of the resource that has the policy.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
function decisionOf(
  role: RoleWithBoundary,
  request: Request,
  resource: string,
  { document = NO_STATEMENTS }: Extract<ResourcePolicy, { document?: PolicyJson }>,
): ResourceDecision {
  const statements = list(document.Statement);
  const itself = (one: StatementJson) => includedIn(one, role).itself;
  const either = (one: StatementJson) => any([itself(one), includedIn(one, role).withAccount]);
  const each = (effect: string, isFor: (one: StatementJson) => Expression) =>
    statements.map((one) => {
      const policy = { name: resource, document: { ...document, Statement: one } };
      return all([isFor(one), anyOf(effect, [policy], request)]);
    });
  const denials = each("Deny", either);
  const denies = any(denials);
  const [toItself, toEither] = [any(each("Allow", itself)), any(each("Allow", either))];
  // The ARN of a bucket names no account. Only its own account can read its policy.
  const isForeign = ![accountOf(role.arn), ""].includes(accountOf(resource));
  const isKey = serviceOf(resource) === "kms";
  const grants = (byRole: Expression) => {
    const byBoth = all([byRole, toEither]);
    return isForeign ? byBoth : any([toItself, isKey ? byBoth : byRole]);
  };
  const why = () => {
    const name = NAMES[serviceOf(resource)];
    const at = denials.findIndex((one) => !isPossible(not(one)));
    if (at >= 0) {
      return `${name} denies it (${nameOf(statements[at] ?? {}, at)})`;
    }
    const notAllowed =
      document === NO_STATEMENTS
        ? `it is in account ${accountOf(resource)}, and has no policy that allows it`
        : `${name} does not allow it`;
    return isPossible(all([not(denies), grants(true)])) ? undefined : notAllowed;
  };
  return { denies, grants, why };
}
