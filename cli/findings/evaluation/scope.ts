import { list, type StatementJson } from "../../verify/policies/policy-json";
import { matches, patternOf } from "../operators/globs";

/** Whether a statement covers an action. */
export function isAbout({ Action, NotAction }: StatementJson, action: string): boolean {
  const isNamed = (patterns: readonly string[]) =>
    patterns.some((pattern) => matches(patternOf(pattern.toLowerCase()), action.toLowerCase()));
  return NotAction === undefined ? isNamed(list(Action)) : !isNamed(list(NotAction));
}
