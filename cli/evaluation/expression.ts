import type { Test } from "./operators/families";
import type { Circumstance } from "./request";

/** Something about a request that is unknown. */
export interface Fact {
  /** Facts with the same ID are the same. */
  readonly id: string;
  /** For the report, in the policy's own words. */
  readonly words: { readonly positive: string; readonly negative: string };
  /** What is so if the fact holds. */
  readonly implies: readonly Circumstance[];
  /** What is so if it does not. */
  readonly excludes?: readonly Circumstance[];
  /** For a fact about the value of a key: the name of the value, and its test. */
  readonly about?: { readonly name: string; readonly test: Test; readonly isList: boolean };
}

/** What a verdict depends on. */
export type Expression =
  | boolean
  | { readonly fact: Fact }
  | { readonly not: Expression }
  | { readonly all: readonly Expression[] }
  | { readonly any: readonly Expression[] };

export function not(one: Expression): Expression {
  return typeof one === "boolean" ? !one : "not" in one ? one.not : { not: one };
}

export function all(operands: readonly Expression[]): Expression {
  const rest = operands.filter((one) => one !== true);
  return rest.includes(false) ? false : joined(rest, true, { all: rest });
}

export function any(operands: readonly Expression[]): Expression {
  const rest = operands.filter((one) => one !== false);
  return rest.includes(true) ? true : joined(rest, false, { any: rest });
}

function joined(operands: readonly Expression[], none: boolean, whole: Expression): Expression {
  return operands.length > 1 ? whole : (operands[0] ?? none);
}

/** The expression with the facts that `truthOf` knows. */
export function assuming(one: Expression, truthOf: (of: Fact) => boolean | undefined): Expression {
  if (typeof one === "boolean") {
    return one;
  }
  if ("fact" in one) {
    return truthOf(one.fact) ?? one;
  }
  if ("not" in one) {
    return not(assuming(one.not, truthOf));
  }
  return "all" in one
    ? all(one.all.map((operand) => assuming(operand, truthOf)))
    : any(one.any.map((operand) => assuming(operand, truthOf)));
}

/** The first fact that an expression depends on. */
export function firstFact(one: Exclude<Expression, boolean>): Fact {
  if ("fact" in one) {
    return one.fact;
  }
  const [first] = "not" in one ? [one.not] : "all" in one ? one.all : one.any;
  return firstFact(first as Exclude<Expression, boolean>);
}
