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
  const { resources, ...nothing } = NOTHING_NEEDED;
  const statements = PERMISSIONS.map((permission) => {
    const { sid, actions, condition } = permission;
    const { resources, given } = resourcesOf(permission, where);
    return {
      for_each: oneOrNone(resources, given),
      content: {
        sid,
        actions,
        resources: "${statement.value}",
        ...(condition && { condition: [condition] }),
      },
    };
  });
  return [
    ...statements,
    {
      for_each: oneOrNone(JSON.stringify(resources), isNothing),
      content: { ...nothing, resources: "${statement.value}" },
    },
  ];
}

/** Terraform 1.5 refuses to iterate over what is marked as sensitive. */
function oneOrNone(resources: string, given: string): string {
  return `\${${withoutMark(`[for resources in [${resources}] : resources if ${given}]`)}}`;
}

function resourcesOf({ givenBy, resources }: Permission, where: InTerraform) {
  const { guardDutyAgent, partition } = where;
  const lists = givenBy.filter((field) => field !== "guardDutyAgent").map((field) => listsOf(field, where));
  const arns = lists.length === 1 ? lists[0] : `concat(${lists.join(", ")})`;
  const given = [
    ...(lists.length === 0 ? [] : [`length(${arns}) > 0`]),
    ...(givenBy.includes("guardDutyAgent") ? [guardDutyAgent] : []),
  ].join(" || ");
  return {
    resources:
      "fixed" in resources
        ? `["${resources.fixed(partition)}"]`
        : `flatten([for arn in ${arns} : ${mappedInTerraform(resources, "arn")}])`,
    given,
  };
}

/** All ARNs of a field: those of `access`, and those of the container definitions. */
function listsOf(field: GrantField, where: InTerraform): string {
  const { explicit, derived, createLogGroups } = where;
  const lists = [
    field === "createdLogGroups"
      ? `[for arn in ${listsOf("logGroups", where)} : arn if ${createLogGroups}]`
      : explicit(field),
    ...(DERIVED_FIELDS.includes(field) ? [`${derived}.${snakeCase(field)}`] : []),
  ];
  return lists.length === 1 ? lists.join() : `concat(${lists.join(", ")})`;
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
