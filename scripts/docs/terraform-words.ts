import { LIST_FIELD_NAMES, SWITCHES } from "../../modules/ecs-task-execution-role/permissions/access-fields";
import { camelCase, snakeCase } from "../../modules/ecs-task-execution-role/permissions/facts";
import { TRUST_FIELD_NAMES } from "../../modules/ecs-task-execution-role/permissions/trust-fields";
import { blocksOf } from "./terraform-blocks";

const NAMES = [
  ...[...blocksOf("variable", "variables.tf"), ...blocksOf("output", "outputs.tf")].map(({ labels: [name = ""] }) =>
    camelCase(name),
  ),
  ...LIST_FIELD_NAMES,
  ...SWITCHES,
  "containerDefinitions",
  ...TRUST_FIELD_NAMES,
].filter((name) => name !== snakeCase(name));

/** Converts the names of inputs and outputs in a text to those of the Terraform module. */
export function inTerraformsWords(text: string): string {
  return text.replace(new RegExp(`\\b(${NAMES.join("|")})\\b`, "g"), snakeCase);
}
