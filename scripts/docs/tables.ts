import { ARN_FIELD_NAMES, ARN_FIELDS, SWITCHES } from "../../modules/ecs-task-execution-role/aws/arn-fields";
import { PERMISSIONS } from "../../modules/ecs-task-execution-role/aws/permissions";
import { snakeCase } from "../../modules/ecs-task-execution-role/hcl/language";
import { terraformModule } from "../../modules/ecs-task-execution-role/hcl/module";
import { ATTRIBUTES, INPUTS } from "../../modules/ecs-task-execution-role/inputs/descriptions";
import { table } from "./markdown";

/** Every prop of the construct with its variable of the Terraform module. */
export function inputsTable(): string {
  const rows = Object.entries(INPUTS).map(([prop, { type, byDefault, description }]) => [
    `\`${prop}\``,
    `\`${snakeCase(prop)}\``,
    type,
    byDefault,
    description,
  ]);
  return table(["prop", "variable", "type", "default", "meaning"], rows);
}

/** Every output of the Terraform module with its attribute of the construct. */
export function outputsTable(): string {
  const attributes = Object.fromEntries(Object.keys(ATTRIBUTES).map((name) => [snakeCase(name), `\`${name}\``]));
  const rows = Object.entries(terraformModule().output).map(([name, { description }]) => [
    attributes[name] ?? "",
    `\`${name}\``,
    description,
  ]);
  return table(["attribute", "output", "is"], rows);
}

/** What each field of `access` grants. */
export function accessTable(): string {
  const rows = [...ARN_FIELD_NAMES, ...SWITCHES].map((field) => {
    const given = field === "createLogGroups" ? "logGroupsToCreate" : field;
    const permissions = PERMISSIONS.filter(({ givenBy }) => givenBy.includes(given));
    const value = field in ARN_FIELDS ? `\`${ARN_FIELDS[field as keyof typeof ARN_FIELDS].form}\`` : "`true`";
    const actions = permissions.flatMap(({ actions }) => actions.map((action) => `\`${action}\``));
    const sources = [...new Set(permissions.map(({ source }) => source))];
    return [`\`${field}\``, value, actions.join(", "), sources.map((url, at) => `[${at + 1}](${url})`).join(" ")];
  });
  return table(["field", "value", "gives", "asked for by AWS"], rows);
}
