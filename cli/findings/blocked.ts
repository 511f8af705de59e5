import type { RoleWithPolicies } from "../account/policies";
import { list, type PolicyJson, type StatementJson } from "../verify/policies/policy-json";
import { callOf } from "./evaluation/context";
import { contains, matches, overlaps } from "./evaluation/globs";
import { type Context, withoutVariables } from "./evaluation/request";

/** Whether a Deny statement or the boundary blocks an action on a resource, whatever other statements allow. */
export function isBlocked(role: RoleWithPolicies, action: string, resource: string): boolean {
  const { policies, boundary } = role;
  const known = callOf(role, resource, "", {}).keys;
  const documents = [...policies, ...(boundary ? [boundary] : [])].map(({ document }) => document);
  return (
    documents.some((document) => denies(document, action, resource, known)) ||
    (boundary !== undefined && !mayAllow(boundary.document, action, resource, known))
  );
}

/** A Deny statement with a condition does not deny every call. */
function denies({ Statement }: PolicyJson, action: string, resource: string, known: Context): boolean {
  return list(Statement).some(
    (one) =>
      one.Effect === "Deny" &&
      Object.keys(one.Condition ?? {}).length === 0 &&
      isAbout(one, action) &&
      (one.NotResource === undefined
        ? texts(one.Resource).some((pattern) => contains(withoutVariables(pattern, known), resource))
        : !texts(one.NotResource).some((pattern) => overlaps(widest(pattern, known), resource))),
  );
}

function mayAllow({ Statement }: PolicyJson, action: string, resource: string, known: Context): boolean {
  return list(Statement).some(
    (one) =>
      one.Effect === "Allow" &&
      isAbout(one, action) &&
      (one.NotResource === undefined
        ? texts(one.Resource).some((pattern) => overlaps(widest(pattern, known), resource))
        : !texts(one.NotResource).some((pattern) => contains(withoutVariables(pattern, known), resource))),
  );
}

/** A variable whose value is unknown can stand for anything. */
function widest(pattern: string, known: Context): string {
  return withoutVariables(pattern, known).replace(/\$\{[^}]*\}/g, "*");
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
