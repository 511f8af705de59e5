import type { RoleWithPolicies } from "../account/policies";
import { list, type PolicyJson, type StatementJson } from "../verify/policies/policy-json";
import { keysOfPrincipal } from "./evaluation/context";
import { contains, matches, overlaps } from "./evaluation/globs";
import { type Context, widest, withoutVariables } from "./evaluation/request";

/** Whether a Deny statement or the boundary of a role blocks an action on a resource, whatever other statements allow. */
export function blockedBy(role: RoleWithPolicies): (action: string, resource: string) => boolean {
  const { policies, boundary } = role;
  const known = keysOfPrincipal(role);
  const documents = [...policies, ...(boundary ? [boundary] : [])].map(({ document }) => document);
  return (action, resource) =>
    documents.some((document) => denies(document, action, resource, known)) ||
    (boundary !== undefined && !mayAllow(boundary.document, action, resource, known));
}

/** A Deny statement with a condition does not deny every call. */
function denies({ Statement }: PolicyJson, action: string, resource: string, known: Context): boolean {
  return list(Statement).some(
    (one) =>
      one.Effect === "Deny" &&
      Object.keys(one.Condition ?? {}).length === 0 &&
      isAbout(one, action) &&
      (one.NotResource === undefined
        ? list(one.Resource).some((pattern) => contains(withoutVariables(pattern, known), resource))
        : !list(one.NotResource).some((pattern) => overlaps(widest(pattern, known), resource))),
  );
}

function mayAllow({ Statement }: PolicyJson, action: string, resource: string, known: Context): boolean {
  return list(Statement).some(
    (one) =>
      one.Effect === "Allow" &&
      isAbout(one, action) &&
      (one.NotResource === undefined
        ? list(one.Resource).some((pattern) => overlaps(widest(pattern, known), resource))
        : !list(one.NotResource).some((pattern) => contains(withoutVariables(pattern, known), resource))),
  );
}

/** Whether a statement covers an action. */
export function isAbout({ Action, NotAction }: StatementJson, action: string): boolean {
  const isNamed = (patterns: readonly string[]) =>
    patterns.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase()));
  return NotAction === undefined ? isNamed(list(Action)) : !isNamed(list(NotAction));
}
