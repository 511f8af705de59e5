import type { TaskLocation } from "../../modules/ecs-task-execution-role/aws/container-grants";
import { list, type StatementJson } from "../verify/policies/policy-json";
import { contains } from "./evaluation/globs";
import { widest } from "./evaluation/request";
import type { NeededPattern } from "./needed-patterns";

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
  conditions: StatementJson["Condition"],
  covering: readonly NeededPattern[],
  { account }: TaskLocation,
): string[] {
  const present = Object.entries(conditions ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key: sameKey(key), values: list(values).map(String) })),
  );
  const known = { "aws:PrincipalAccount": account };
  const neededValues = (variable: string) =>
    covering
      .flatMap((one) => one.conditions.filter((other) => other.variable === variable))
      .flatMap((one) => one.values);
  const lacking = covering.map((one) =>
    one.conditions.flatMap(({ variable }) => {
      const on = present.filter(({ key }) => key === sameKey(variable));
      const isMet = on.some(
        ({ operator, values }) =>
          RESTRICTING.test(operator) &&
          values.every((value) => neededValues(variable).some((outer) => contains(outer, widest(value, known)))),
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

function sameKey(key: string): string {
  const lower = key.toLowerCase();
  return SAME[lower] ?? lower;
}
