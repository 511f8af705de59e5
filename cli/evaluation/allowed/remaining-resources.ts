import type { Policy, RoleWithPolicies } from "../../aws-calls/policies";
import { list, type StatementJson } from "../../policy-json";
import { conditionsMet } from "../conditions";
import { isAbout } from "../matching-statements";
import { hasDisputedWildcard } from "../operators/arn-patterns";
import { contains, overlaps, type Pattern } from "../operators/globs";
import type { Request } from "../request";
import { resourcePatterns } from "./resource-patterns";

/** What remains of a resource for an action, whatever other statements allow, after the Deny statements and the boundary of a role. */
export function remainingResources(
  role: RoleWithPolicies,
  always: Request,
): (action: string, resource: Pattern) => Pattern[] {
  const { policies, boundary } = role;
  const boundaries = boundary ? [boundary] : [];
  const bounds = statementsOf(boundaries, "Allow", always);
  const denials = statementsOf([...policies, ...boundaries], "Deny", always).filter(({ isSometimes }) => !isSometimes);
  return (action, resource) => {
    const left = denials
      .filter(({ statement }) => isAbout(statement, action))
      .reduce((patterns, denial) => patterns.flatMap((pattern) => afterDenial(denial, pattern)), [resource]);
    const allowing = bounds.filter(({ statement }) => isAbout(statement, action));
    return boundary ? left.flatMap((pattern) => allowing.flatMap((bound) => within(bound, pattern))) : left;
  };
}

interface Scope {
  readonly statement: StatementJson;
  /** Whether it depends on what a request is like. */
  readonly isSometimes: boolean;
  /** The patterns that it names at least, and at most. */
  readonly least: readonly Pattern[];
  readonly most: readonly Pattern[];
}

function statementsOf(policies: readonly Policy[], effect: string, always: Request): Scope[] {
  return policies.flatMap(({ document: { Version, Statement } }) =>
    list(Statement)
      .filter((one) => one.Effect === effect)
      .flatMap((statement) => {
        const met = conditionsMet(statement.Condition, Version, always);
        const reaches = list(statement.NotResource ?? statement.Resource).flatMap((one) =>
          resourcePatterns(one, Version, always),
        );
        const least = reaches.filter(({ isCertain }) => isCertain).map(({ pattern }) => pattern);
        const most = reaches.map(({ pattern }) => pattern);
        return met === false ? [] : [{ statement, isSometimes: met !== true, least, most }];
      }),
  );
}

function afterDenial({ statement, least, most }: Scope, pattern: Pattern): Pattern[] {
  return statement.NotResource === undefined
    ? least.some((one) => contains(one, pattern) && !hasDisputedWildcard(one, pattern))
      ? []
      : [pattern]
    : most.flatMap((one) => common(one, pattern));
}

function within({ statement, least, most }: Scope, pattern: Pattern): Pattern[] {
  return statement.NotResource === undefined
    ? most.flatMap((one) => common(one, pattern))
    : least.some((one) => contains(one, pattern))
      ? []
      : [pattern];
}

/** What both patterns match, or more. */
function common(one: Pattern, other: Pattern): Pattern[] {
  return contains(other, one) ? [one] : overlaps(one, other) ? [other] : [];
}
