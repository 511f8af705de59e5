import { list, type StatementJson } from "../../policy-json";
import { matches, patternOf } from "../operators/globs";
import { all, type Expression } from "./expression";
import type { Fact } from "./unknown-facts";

/** Whether a statement covers an action. */
export function isAbout({ Action, NotAction }: StatementJson, action: string): boolean {
  const isNamed = (patterns: readonly string[]) =>
    patterns.some((pattern) => matches(patternOf(pattern.toLowerCase()), action.toLowerCase()));
  return NotAction === undefined ? isNamed(list(Action)) : !isNamed(list(NotAction));
}

/** The condition of a statement on one key. */
interface ConditionOnKey {
  readonly key: string;
  readonly isMet: Expression<Fact>;
}

/** A statement that is about the action of a request. */
export interface StatementAbout {
  /** The policy and the statement. */
  readonly where: string;
  readonly effect: string;
  readonly isOnResource: Expression<Fact>;
  readonly conditions: readonly ConditionOnKey[];
}

/** Whether a statement applies to the request. */
export const applies = ({ isOnResource, conditions }: StatementAbout): Expression<Fact> =>
  all([isOnResource, ...conditions.map(({ isMet }) => isMet)]);
