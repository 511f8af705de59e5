import type { NeededPattern } from "../../needs/needed-patterns";
import { list, type StatementJson } from "../../policy-json";
import { contains, type Pattern, patternOf } from "../operators/globs";
import { operatorNamed } from "../operators/operators";
import type { Request } from "../request";
import { readingsOf, widest } from "../variables";

/** Operators that match only the values of a condition, and nothing if the key is missing. */
const RESTRICTING = /^(ForAnyValue:)?(String|Arn)(Equals|Like|EqualsIgnoreCase)$/;

/** Keys with the same meaning. */
const SAME: Readonly<Record<string, string>> = { "s3:resourceaccount": "aws:resourceaccount" };

/**
 * The restrictions that the conditions of a statement lack, in words.
 *
 * @param covering what tasks need on its resource; together they can need more values than each alone.
 */
export function lackingConditions(
  { Condition, version }: { readonly Condition: StatementJson["Condition"]; readonly version: string | undefined },
  covering: readonly NeededPattern[],
  always: Request,
): string[] {
  const present = Object.entries(Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({
      operator,
      key: sameKey(key),
      values: list(values).flatMap((value) => valuesOf(String(value), operator, version, always)),
    })),
  );
  const neededValues = (variable: string) =>
    covering
      .flatMap((one) => one.conditions.filter((other) => other.variable === variable))
      .flatMap((one) => one.values.map(patternOf));
  const lacking = covering.map((one) =>
    one.conditions.flatMap(({ variable }) => {
      const on = present.filter(({ key }) => key === sameKey(variable));
      const isMet = on.some(
        ({ operator, values }) =>
          RESTRICTING.test(operator) &&
          values.every((value) => neededValues(variable).some((outer) => contains(outer, value))),
      );
      const why =
        on.length === 0
          ? `it has no condition on ${variable}`
          : `its condition on ${variable} allows more than the tasks need`;
      return isMet ? [] : [why];
    }),
  );
  const [least = []] = lacking.sort((one, other) => one.length - other.length);
  return least;
}

function valuesOf(value: string, operator: string, version: string | undefined, always: Request): Pattern[] {
  const comparison = operatorNamed(operator)?.comparison ?? {};
  return readingsOf(value, comparison, version, always).map(widest);
}

function sameKey(key: string): string {
  const lower = key.toLowerCase();
  return SAME[lower] ?? lower;
}
