import type { Policy } from "../aws-calls/policies";
import { list } from "../policy-json";
import { any, type Expression, not } from "./expression";
import { applies, type PoliciesOfRole, type StatementAbout, statementsAbout } from "./matching-statements";
import type { Request } from "./request";
import { isPossible } from "./verdict";

/** What denies a request, in words: Deny statements, the boundary, and conditions that are not met; none if no statement is about it. */
export function deniedBy({ policies, boundary }: PoliciesOfRole, request: Request): { readonly deniedBy?: string } {
  const own = statementsAbout(policies, request);
  const bounds = boundary ? statementsAbout([boundary], request) : [];
  const allowing = own.filter(({ effect, isOnResource }) => effect === "Allow" && isOnResource !== false);
  const isAllowed = isPossible(any(allowing.map(applies)));
  const denials = [...denyStatements([...own, ...bounds]), ...(boundary ? [limitOf(boundary, bounds)] : [])];
  const certain = denials.filter(({ passes }) => !isPossible(passes));
  // Each can let the request pass, but not all together.
  const denying = isAllowed && certain.length === 0 ? denials.filter(({ passes }) => passes !== true) : certain;
  const words = [...denying.map((one) => one.words), ...(isAllowed ? [] : unmet(allowing))];
  const noAllow = allowing.length === 0 ? " (no statement allows it either)" : "";
  return words.length === 0 ? {} : { deniedBy: `${words.join(" and ")}${noAllow}` };
}

interface Denial {
  readonly words: string;
  /** Whether it lets the request pass. */
  readonly passes: Expression;
}

function denyStatements(statements: readonly StatementAbout[]): Denial[] {
  return statements
    .filter(({ effect }) => effect === "Deny")
    .map((one) => ({ words: `the Deny in ${one.where}`, passes: not(applies(one)) }));
}

function limitOf({ name, document }: Policy, statements: readonly StatementAbout[]): Denial {
  const allows = list(document.Statement).some(({ Effect }) => Effect === "Allow");
  const words = `the permissions boundary ${name}, which ${allows ? "does not allow it" : "allows nothing"}`;
  return { words, passes: any(statements.filter(({ effect }) => effect === "Allow").map(applies)) };
}

/** The conditions for which statements do not allow the request. */
function unmet(allowing: readonly StatementAbout[]): string[] {
  return allowing.flatMap(({ where, conditions }) => {
    const never = conditions.filter(({ isMet }) => isMet === false);
    const keys = new Set((never.length > 0 ? never : conditions).map(({ key }) => key));
    return keys.size === 0 ? [] : [`the condition on ${[...keys].join(", ")} in ${where}`];
  });
}
