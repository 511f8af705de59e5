import { type ArnFieldName, GRANT_FIELDS, type GrantField } from "../aws/arn-fields";
import { DERIVED_FIELDS } from "../aws/container-grants";
import { NOTHING_NEEDED, PERMISSIONS, type Permission } from "../aws/permissions";
import type { ArnMapping, Replacement } from "../aws/resource-arns";
import { snakeCase, withoutMark } from "./language";

/** Where Terraform finds what a policy gives, each as an expression. */
export interface InTerraform {
  /** The list that a field of `access` has. */
  readonly explicit: (field: ArnFieldName) => string;
  /** The object of lists that container definitions give. */
  readonly derived: string;
  readonly guardDutyAgent: string;
  readonly createLogGroups: string;
  /** The partition, as an interpolation. */
  readonly partition: string;
}

/**
 * The statements, where only Terraform can tell which of them there are: the list that each iterates
 * over has one element or none.
 */
export function dynamicStatements(where: InTerraform) {
  const { guardDutyAgent } = where;
  const listOf = (field: GrantField) => listsOf(field, where);
  const isNothing = `length(concat(${GRANT_FIELDS.map(listOf).join(", ")})) == 0 && !${guardDutyAgent}`;
  const statements = PERMISSIONS.map((permission) => {
    const { sid, actions, condition } = permission;
    const { resources, given } = resourcesInTerraform(permission, where);
    return dynamicStatement({ sid, actions, ...(condition && { condition: [condition] }) }, resources, given);
  });
  return [...statements, dynamicStatement(NOTHING_NEEDED, JSON.stringify(NOTHING_NEEDED.resources), isNothing)];
}

/** A statement that is there only under a condition; its resources and the condition are expressions. */
export function dynamicStatement<S extends object>(statement: S, resources: string, onlyIf: string) {
  return {
    for_each: oneOrNone(resources, onlyIf),
    content: { ...statement, resources: "${statement.value}" },
  };
}

/** One list of several, if there is one. */
export function joined(lists: readonly (string | undefined)[]): string | undefined {
  const given = lists.filter((list) => list !== undefined);
  return given.length > 1 ? `concat(${given.join(", ")})` : given[0];
}

/** The list of the resources that a list of ARNs becomes. */
export function resourcesOfList(mapping: ArnMapping, arns: string): string {
  return `[for arn in ${arns} : ${mappedInTerraform(mapping, "arn")}]`;
}

/** Terraform 1.5 refuses to iterate over what is marked as sensitive. */
function oneOrNone(resources: string, given: string): string {
  return `\${${withoutMark(`[for resources in [${resources}] : resources if ${given}]`)}}`;
}

function resourcesInTerraform({ givenBy, resources }: Permission, where: InTerraform) {
  const { guardDutyAgent, partition } = where;
  const lists = givenBy.filter((field) => field !== "guardDutyAgent").map((field) => listsOf(field, where));
  const arns = joined(lists) ?? "[]";
  const given = [
    ...(lists.length === 0 ? [] : [`length(${arns}) > 0`]),
    ...(givenBy.includes("guardDutyAgent") ? [guardDutyAgent] : []),
  ].join(" || ");
  return {
    resources:
      "fixed" in resources ? `["${resources.fixed(partition)}"]` : `flatten(${resourcesOfList(resources, arns)})`,
    given,
  };
}

/** All ARNs of a field: those of `access`, and those of the container definitions. */
function listsOf(field: GrantField, where: InTerraform): string {
  const { explicit, derived, createLogGroups } = where;
  const lists = [
    field === "logGroupsToCreate"
      ? `[for arn in ${listsOf("logGroups", where)} : arn if ${createLogGroups}]`
      : explicit(field),
    ...(DERIVED_FIELDS.includes(field) ? [`${derived}.${snakeCase(field)}`] : []),
  ];
  return joined(lists) ?? "[]";
}

/**
 * The resource ARNs that an input becomes, as a list.
 *
 * @param arn the input, as an expression.
 */
export function mappedInTerraform(mapping: ArnMapping, arn: string): string {
  const replaced = ([pattern, by]: Replacement, text: string) =>
    `replace(${text}, ${JSON.stringify(`/${pattern.source}/`)}, ${JSON.stringify(by)})`;
  const items = mapping.map((replacements) => replacements.reduce((text, one) => replaced(one, text), arn));
  return `[${items.join(", ")}]`;
}
