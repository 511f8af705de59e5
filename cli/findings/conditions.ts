import type { TaskLocation } from "../../modules/ecs-task-execution-role/aws/container-grants";
import { list, type StatementJson } from "../verify/policies/policy-json";
import { withoutVariables } from "./evaluation/request";
import { contains } from "./globs";
import type { NeededPattern } from "./needed-patterns";

/** Operators that let only the values of a condition pass, and nothing where the key is missing. */
const RESTRICTING = /^(ForAnyValue:)?(String|Arn)(Equals|Like|EqualsIgnoreCase)$/;

/** Keys that say the same. */
const SAME: Readonly<Record<string, string>> = { "s3:resourceaccount": "aws:resourceaccount" };

/**
 * What the conditions of a statement do not restrict, in words, of what they must.
 *
 * @param covering what tasks need of its resource; several of them together may need more values than one.
 */
export function lackingConditions(
  conditions: StatementJson["Condition"],
  covering: readonly NeededPattern[],
  { account }: TaskLocation,
): string[] {
  const present = Object.entries(conditions ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key: sameKey(key), values: list(values) })),
  );
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
          values.every((value) => neededValues(variable).some((outer) => contains(outer, known(value, account)))),
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

/** A value of which only the account is known. */
function known(value: string, account: string): string {
  return withoutVariables(value, { "aws:PrincipalAccount": account }).replace(/\$\{[^}]*\}/g, "*");
}
