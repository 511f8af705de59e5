import type { Context, Known } from "./request";
import { mayAllow, mayDeny, type Statements } from "./unknown-keys";

export interface Result {
  readonly allowed: boolean;
  /** The condition under which it is allowed, if the command cannot know whether the condition is met. */
  readonly onlyWith?: string;
}

/** Evaluates a call with its known keys, and then with values from the policies for the unknown keys. */
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
