import { LIST_FIELD_NAMES, SWITCHES, type Switch } from "../aws/access-fields";
import { snakeCase } from "./language";

/*
 * The fields of `var.access`. Its type is `any`: Terraform drops what an object type does not name, so a field that is
 * misspelt would be lost without a word. A field can therefore be absent, null, a single value, a list or a set.
 */

/** What a list or set of the variable holds, for its validations, which can refer to nothing else. */
export function listOfVariable(group: "access" | "trust", field: string): string {
  return `try(flatten([for list in [var.${group}.${snakeCase(field)}] : list if list != null]), [])`;
}

/** A single value of the variable. */
export function valueOfVariable(field: string): string {
  return `try(var.access.${snakeCase(field)}, null)`;
}

const FIELDS = [...LIST_FIELD_NAMES, ...SWITCHES, "containerDefinitions"].map(snakeCase);

/**
 * Every field as a list, for the rest of the module. Not with `try`, which makes the whole list unknown as soon as one
 * element is.
 */
export const ACCESS_LOCAL =
  `{ for field in ${JSON.stringify(FIELDS)} : field => flatten([for access in [var.access] : ` +
  "[for key, value in access : value if key == field && value != null] if access != null]) }";

/** Whether a switch is on. */
export function switchedOn(field: Switch): string {
  return `anytrue(local.access.${snakeCase(field)})`;
}
