import { accountOf } from "../../arns";
import type { RoleWithPolicies } from "../../aws-calls/policies";
import { list, type StatementJson } from "../../policy-json";
import type { Expression } from "../expression";
import { unknownFact } from "../unknown-facts";

/**
 * Whether the principals of a statement include a role, itself or with its whole account.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export interface Included {
  readonly itself: Expression;
  readonly withAccount: boolean;
}

export type RoleWithBoundary = Pick<RoleWithPolicies, "arn" | "boundary">;

export function includedIn(
  { Principal, NotPrincipal }: StatementJson,
  { arn: role, boundary }: RoleWithBoundary,
): Included {
  if (NotPrincipal !== undefined) {
    // A role with a boundary is never excepted.
    return { itself: boundary !== undefined || notExcepted(namesIn(NotPrincipal), role), withAccount: false };
  }
  const names = namesIn(Principal);
  return {
    itself: names.some((name) => name === "*" || name === role),
    withAccount: names.some((name) => isAccount(name, role)),
  };
}

/** The names of principals in AWS; services and identity providers are others. */
function namesIn(principal: unknown): readonly string[] {
  return typeof principal === "string" ? [principal] : list((principal as { AWS?: string | string[] }).AWS);
}

const isAccount = (name: string, role: string) =>
  name === accountOf(role) || (name.endsWith(":root") && accountOf(name) === accountOf(role));

/**
 * A session of a role is excepted only if the account, the role and the session are.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function notExcepted(names: readonly string[], role: string): Expression {
  const isRelated = names.some(
    (name) => name === "*" || name === accountOf(role) || accountOf(name) === accountOf(role),
  );
  const session = {
    positive: "NotPrincipal without the session of the task",
    negative: "NotPrincipal with the session of the task",
  };
  return !isRelated || unknownFact("principal", session);
}
