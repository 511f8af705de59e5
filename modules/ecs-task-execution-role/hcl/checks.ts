import type { TextRow } from "../rules/rule";
import { conformsInTerraform, snakeCase } from "./language";

/** A rule in Terraform's language. */
export interface TerraformCheck {
  /** The input that the error is about. */
  readonly input: string;
  readonly condition: string;
  /** An expression for the value that broke the rule. */
  readonly got: string;
}

/** What broke a rule, truncated so that the error message stays readable. */
export function shown(got: string): string {
  return `substr(jsonencode(${got}), 0, 400)`;
}

/** Checks that a string is null or has its format. `value` is an expression. */
export function textCheck({ text, format }: TextRow, value: string): TerraformCheck {
  return {
    input: snakeCase(text),
    condition: `${value} == null || ${conformsInTerraform(format, value)}`,
    got: value,
  };
}

/** Checks that no value in container definitions breaks the rule. `offenders` is an expression for a list. */
export function noneOf(offenders: string): TerraformCheck {
  return { input: "access.container_definitions", condition: `length(${offenders}) == 0`, got: offenders };
}

/** Checks that every element of a list is good. `list` and `good` are expressions; `good` refers to `value`. */
export function each(input: string, list: string, good: string): TerraformCheck {
  return {
    input: snakeCase(input),
    // Unknown if any value is, but the message could not be shown until all are known either.
    condition: `alltrue([for value in ${list} : ${good}])`,
    got: `[for value in ${list} : value if !${good}]`,
  };
}
