import { LIST_FIELDS } from "../../modules/ecs-task-execution-role/aws/access-fields";
import { DERIVED_FIELDS } from "../../modules/ecs-task-execution-role/aws/container-grants";
import { TRUST_FIELDS } from "../../modules/ecs-task-execution-role/aws/trust-fields";
import { snakeCase } from "../../modules/ecs-task-execution-role/hcl/language";
import { inTerraformsWords, terraformModule } from "../../modules/ecs-task-execution-role/hcl/module";
import { INPUTS } from "../../modules/ecs-task-execution-role/inputs/descriptions";
import { table } from "./markdown";
import { FIELDS } from "./modes";
import { accessFields, codes } from "./tables";

/** The tables of the Terraform reference, by the name of the part. */
export const TERRAFORM_TABLES: Readonly<Record<string, () => string>> = {
  requirements,
  inputs,
  access,
  trust,
  outputs,
  resources,
};

function requirements(): string {
  const { required_version, required_providers } = terraformModule().terraform;
  return table(
    ["requirement", "version"],
    [
      ["Terraform", `\`${required_version}\``],
      ["AWS provider", `\`${required_providers.aws.version}\``],
    ],
  );
}

function inputs(): string {
  const { variable } = terraformModule();
  const rows = Object.entries(INPUTS).map(([prop, { byDefault, description }]) => {
    const name = snakeCase(prop);
    const type = variable[name]?.type ?? "";
    return [codes([name]), type === "any" ? `[object](#${name})` : codes([type]), byDefault, description];
  });
  return table(["variable", "type", "default", "meaning"], rows.map(inTerraformsCells));
}

function access(): string {
  const rows = accessFields().map(({ field, format, grants }) => {
    const may = field in FIELDS ? `${FIELDS[field as keyof typeof FIELDS].may}: ` : "";
    return [codes([field]), field in LIST_FIELDS ? "`list(string)`" : "`bool`", `${may}${grants}`, format];
  });
  const derived = DERIVED_FIELDS.map((field) => (field === "logGroupsToCreate" ? "createLogGroups" : field));
  const containers = [
    "`containerDefinitions`",
    "`string` or `list(string)`",
    `the same as ${codes(derived)}, for everything that the container definitions contain`,
    "`jsonencode([{ name = ..., image = ... }])`, or a list of such JSON",
  ];
  return table(["field", "type", "grants", "format"], [containers, ...rows].map(inTerraformsCells));
}

function trust(): string {
  const rows = Object.entries(TRUST_FIELDS).map(([field, { test, variable, form }]) => [
    codes([field]),
    "`list(string)`",
    `${codes([test])} on ${codes([variable])}`,
    codes([form]),
  ]);
  return table(["field", "type", "condition in the trust policy", "format"], rows.map(inTerraformsCells));
}

function outputs(): string {
  const rows = Object.entries(terraformModule().output).map(([name, { description }]) => [codes([name]), description]);
  return table(["output", "value"], rows);
}

function resources(): string {
  const { resource, data } = terraformModule();
  return [...addresses(resource), ...addresses(data, "data.")].join("\n");
}

function addresses(blocks: Record<string, object>, prefix = ""): string[] {
  return Object.entries(blocks).flatMap(([type, all]) =>
    Object.keys(all).map((name) => `- \`${prefix}${type}.${name}\``),
  );
}

function inTerraformsCells(row: readonly string[]): string[] {
  return row.map(inTerraformsWords);
}
