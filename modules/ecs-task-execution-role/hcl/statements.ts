import type { ArnMapping, Replacement } from "../aws/resource-arns";
import { withoutMark } from "./language";

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
