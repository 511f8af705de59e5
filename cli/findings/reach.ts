import { completed } from "./evaluation/arns";
import { isWildcard, type Pattern, STAR } from "./evaluation/globs";
import { perhaps, type Request } from "./evaluation/request";
import { readingsOf, WITH_VARIABLES } from "./evaluation/variables";
import { OF_THE_ROLE } from "./requests/role";
import type { RoleCall } from "./requests/role-call";
import { inRows } from "./requests/rows";

export { isAbout } from "./evaluation/statements";

/** What is the same in every request with a role. */
export function everyRequest(role: RoleCall["role"]): Request {
  return {
    action: "",
    resource: perhaps("the ARN"),
    key: (name) => inRows(OF_THE_ROLE, { role }, name) ?? perhaps(name),
  };
}

/** A pattern for the resources that a text in a policy names; if it has unknown values, for more. */
export interface Reach {
  readonly pattern: Pattern;
  readonly isCertain: boolean;
}

export function reachOf(text: string, version: string | undefined, always: Request): Reach[] {
  const takes = { wildcards: true, variables: version === WITH_VARIABLES };
  return readingsOf(text, takes, always).map(({ pattern, given, unknown }) => ({
    pattern: completed(pattern.map((symbol) => (unknown.has(symbol) ? STAR : symbol))),
    isCertain: given === true && unknown.size === 0,
  }));
}

/** A pattern as a policy writes it. */
export const asText = (pattern: Pattern) =>
  pattern.map((symbol) => (isWildcard(symbol) ? (symbol.startsWith("any") ? "*" : "?") : symbol)).join("");
