import type { GrantField } from "../aws/access-fields";
import { NOTHING_NEEDED, PERMISSIONS, type Permission } from "../aws/permissions";
import { type ArnMapping, asGiven, type Replacement } from "../aws/resource-arns";
import { switchedOn } from "./access";
import { snakeCase, withoutMark } from "./language";

/**
 * The statements of the module. Only Terraform knows which of them are needed, so each is a dynamic block over a list
 * with one element or none.
 *
 * @param partition the partition, as an interpolation.
 */
export function dynamicStatements(partition: string) {
  const statements = PERMISSIONS.map((permission) => {
    const { sid, actions, givenBy, resources } = permission;
    const lists = givenBy.filter((field) => field !== "guardDutyAgent").map(arnsOf);
    const arns = joined(lists) ?? "[]";
    const given = [
      ...(lists.length > 0 ? [`length(${arns}) > 0`] : []),
      ...(givenBy.includes("guardDutyAgent") ? [switchedOn("guardDutyAgent")] : []),
    ];
    return dynamicStatement(
      { sid, actions, ...conditionInTerraform(permission) },
      "fixed" in resources ? `["${resources.fixed(partition)}"]` : flattened(resources, arns),
      given.join(" || "),
    );
  });
  const fields = new Set(PERMISSIONS.flatMap(({ givenBy }) => givenBy));
  const lists = [...fields].filter((field) => field !== "guardDutyAgent").map(arnsOf);
  const isNothing = `length(concat(${lists.join(", ")})) == 0 && !${switchedOn("guardDutyAgent")}`;
  return [...statements, dynamicStatement(NOTHING_NEEDED, JSON.stringify(NOTHING_NEEDED.resources), isNothing)];
}

/** A condition on a field's values is dynamic if the field can be empty. */
function conditionInTerraform({ condition, givenBy }: Permission) {
  if (!condition?.from) {
    return condition && { condition: [condition] };
  }
  const { test, variable, from, values: byDefault } = condition;
  const list = `sort(distinct(${flattened(from.mapping, arnsOf(from.field))}))`;
  const values = byDefault ? `coalescelist(${list}, ${JSON.stringify(byDefault)})` : list;
  if (byDefault || givenBy.includes(from.field)) {
    return { condition: [{ test, variable, values: `\${${values}}` }] };
  }
  const for_each = `\${${withoutMark(`[for values in [${values}] : values if length(values) > 0]`)}}`;
  return { dynamic: { condition: [{ for_each, content: { test, variable, values: "${condition.value}" } }] } };
}

function arnsOf(field: GrantField): string {
  return `local.arns.${snakeCase(field)}`;
}

function flattened(mapping: ArnMapping, arns: string): string {
  return mapping === asGiven ? arns : `flatten(${resourcesOfList(mapping, arns)})`;
}

/** A statement that exists only if a condition holds. `resources` and `onlyIf` are Terraform expressions. */
export function dynamicStatement<S extends object>(statement: S, resources: string, onlyIf: string) {
  return {
    for_each: oneOrNone(resources, onlyIf),
    content: { ...statement, resources: "${statement.value}" },
  };
}

/** Concatenates the lists that are defined, if any. */
export function joined(lists: readonly (string | undefined)[]): string | undefined {
  const given = lists.filter((list) => list !== undefined);
  return given.length > 1 ? `concat(${given.join(", ")})` : given[0];
}

/** Maps a list of ARNs to the list of their resources. */
export function resourcesOfList(mapping: ArnMapping, arns: string): string {
  return `[for arn in ${arns} : ${mappedInTerraform(mapping, "arn")}]`;
}

/** Removes the sensitive mark, because Terraform 1.5 refuses to iterate over sensitive values. */
function oneOrNone(resources: string, given: string): string {
  return `\${${withoutMark(`[for resources in [${resources}] : resources if ${given}]`)}}`;
}

/**
 * The list of resource ARNs for an input.
 *
 * @param arn the input, as an expression.
 */
export function mappedInTerraform(mapping: ArnMapping, arn: string): string {
  const replaced = ([pattern, by]: Replacement, text: string) =>
    `replace(${text}, ${JSON.stringify(`/${pattern.source}/`)}, ${JSON.stringify(by)})`;
  const items = mapping.map((replacements) => replacements.reduce((text, one) => replaced(one, text), arn));
  return `[${items.join(", ")}]`;
}
