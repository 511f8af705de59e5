import { ARN_FIELD_NAMES, SWITCHES } from "../aws/arn-fields";
import { TRUST_FIELD_NAMES } from "../aws/trust-fields";
import { INPUTS } from "../inputs/descriptions";
import { snakeCase } from "./language";

const SIMPLE_TYPES: Readonly<Record<string, string>> = {
  string: "string",
  number: "number",
  boolean: "bool",
  "map of strings": "map(string)",
};

const OBJECT_TYPES: Readonly<Record<string, readonly string[]>> = {
  access: [
    ...ARN_FIELD_NAMES.map((field) => `${snakeCase(field)} = optional(list(string), [])`),
    ...SWITCHES.map((field) => `${snakeCase(field)} = optional(bool, false)`),
    "container_definitions = optional(string)",
  ],
  trust: TRUST_FIELD_NAMES.map((field) => `${snakeCase(field)} = optional(list(string))`),
};

/** The type of the variable that an input is, in Terraform's language. */
export function variableType(name: keyof typeof INPUTS): string {
  const fields = OBJECT_TYPES[name];
  return fields ? `object({ ${fields.join(", ")} })` : (SIMPLE_TYPES[INPUTS[name].type] ?? "any");
}
