import { ATTRIBUTES, INPUTS } from "../../modules/ecs-task-execution-role/inputs/descriptions";
import { LIST_FIELD_NAMES, SWITCHES } from "../../modules/ecs-task-execution-role/permissions/access-fields";
import { snakeCase } from "../../modules/ecs-task-execution-role/permissions/facts";
import { TRUST_FIELD_NAMES } from "../../modules/ecs-task-execution-role/permissions/trust-fields";

const NAMES = [
  ...Object.keys(INPUTS),
  ...LIST_FIELD_NAMES,
  ...SWITCHES,
  "containerDefinitions",
  ...TRUST_FIELD_NAMES,
  ...Object.keys(ATTRIBUTES),
].filter((name) => name !== snakeCase(name));

/** Converts the names of inputs and outputs in a text to those of the Terraform module. */
export function inTerraformsWords(text: string): string {
  return text.replace(new RegExp(`\\b(${NAMES.join("|")})\\b`, "g"), snakeCase);
}
