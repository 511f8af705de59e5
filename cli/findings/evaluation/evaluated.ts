import type { Context, Known } from "./request";
import { mayAllow, mayDeny, type Statements } from "./unknown-keys";

export interface Result {
  readonly allowed: boolean;
  /** The condition under which it is allowed, where nobody can know from outside whether that is met. */
  readonly onlyWith?: string;
}

/** Tries a call as far as it is known, and then with what the policies name for the rest. */
export async function evaluated(
  statements: Statements,
  known: Known,
  isAllowed: (context: Context) => Promise<boolean>,
): Promise<Result> {
  const context = { ...known.assumed, ...known.keys };
  if (await isAllowed(context)) {
    for (const more of mayDeny(statements, known)) {
      if (!(await isAllowed({ ...context, ...more }))) {
        return { allowed: true, onlyWith: inWords(more, "other than ") };
      }
    }
    return { allowed: true };
  }
  for (const more of mayAllow(statements, known)) {
    if (await isAllowed({ ...context, ...more })) {
      return { allowed: true, onlyWith: inWords(more) };
    }
  }
  return { allowed: false };
}

function inWords(context: Context, than = ""): string {
  return Object.entries(context)
    .map(([key, value]) => `${key} ${than}${value}`)
    .join(" and ");
}
