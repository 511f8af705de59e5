import type { Context, Known } from "./request";
import { mayAllow, mayDeny, type Statements } from "./unknown-keys";

export interface Result {
  readonly allowed: boolean;
  /** The condition under which the call is allowed, if the command cannot know whether it is met. */
  readonly onlyWith?: string;
}

/** Evaluates a call with the known keys, then with the values that the policies name for the others. */
export async function evaluated(
  statements: Statements,
  known: Known,
  isAllowed: (context: Context) => Promise<boolean>,
): Promise<Result> {
  const base = { ...known.assumed, ...known.keys };
  const isSo = await isAllowed(base);
  for (const { context, words } of isSo ? mayDeny(statements, known) : mayAllow(statements, known)) {
    if ((await isAllowed({ ...base, ...context })) !== isSo) {
      return { allowed: true, onlyWith: words };
    }
  }
  return { allowed: isSo };
}
