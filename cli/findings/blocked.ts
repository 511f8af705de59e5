import type { RoleWithPolicies } from "../account/policies";
import { list, type PolicyJson, type StatementJson } from "../verify/policies/policy-json";
import { contains, matches, overlaps } from "./globs";

/** Whether a Deny statement or the boundary blocks an action on a resource, whatever other statements allow. */
export function isBlocked({ policies, boundary }: RoleWithPolicies, action: string, resource: string): boolean {
  const documents = [...policies, ...(boundary ? [boundary] : [])].map(({ document }) => document);
  return (
    documents.some((document) => denies(document, action, resource)) ||
    (boundary !== undefined && !mayAllow(boundary.document, action, resource))
  );
}

/** A Deny statement with a condition does not deny every call. */
function denies({ Statement }: PolicyJson, action: string, resource: string): boolean {
  return list(Statement).some(
    (one) =>
      one.Effect === "Deny" &&
      Object.keys(one.Condition ?? {}).length === 0 &&
      isAbout(one, action) &&
      (one.NotResource === undefined
        ? list(one.Resource).some((pattern) => contains(pattern, resource))
        : !texts(one.NotResource).some((pattern) => overlaps(pattern, resource))),
  );
}

function mayAllow({ Statement }: PolicyJson, action: string, resource: string): boolean {
  return list(Statement).some(
    (one) =>
      one.Effect === "Allow" &&
      isAbout(one, action) &&
      (one.NotResource === undefined
        ? list(one.Resource).some((pattern) => overlaps(pattern, resource))
        : !texts(one.NotResource).some((pattern) => contains(pattern, resource))),
  );
}

/** Whether a statement covers an action. */
export function isAbout({ Action, NotAction }: StatementJson, action: string): boolean {
  const isNamed = (patterns: readonly string[]) =>
    patterns.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase()));
  return NotAction === undefined ? isNamed(list(Action)) : !isNamed(texts(NotAction));
}

function texts(value: unknown): readonly string[] {
  return list(value as string | string[]);
}
