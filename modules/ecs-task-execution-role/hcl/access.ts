import { LIST_FIELD_NAMES, SWITCHES, type Switch } from "../aws/access-fields";
import { snakeCase } from "./language";

/*
 * The fields of `var.access`. Its type is `any`, because Terraform drops attributes that an object type does not
 * declare, so a misspelled field would be silently ignored. A field can therefore be absent, null, a single value, a
 * list or a set.
 */

/** The elements of a list or set in the variable, for its validations, which can only refer to the variable itself. */
export function listOfVariable(group: "access" | "trust", field: string): string {
  return `try(flatten([for list in [var.${group}.${snakeCase(field)}] : list if list != null]), [])`;
}

/** A single value in the variable. */
export function valueOfVariable(field: string): string {
  return `try(var.access.${snakeCase(field)}, null)`;
}

const FIELDS = [...LIST_FIELD_NAMES, ...SWITCHES, "containerDefinitions"].map(snakeCase);

/**
 * Every field as a list, for the rest of the module. It does not use `try`, which makes the whole list unknown if any
 * element is.
 */
export const ACCESS_LOCAL =
  `{ for field in ${JSON.stringify(FIELDS)} : field => flatten([for access in [var.access] : ` +
  "[for key, value in access : value if key == field && value != null] if access != null]) }";

/** Whether a switch is on. */
export function switchedOn(field: Switch): string {
  return `anytrue(local.access.${snakeCase(field)})`;
}
