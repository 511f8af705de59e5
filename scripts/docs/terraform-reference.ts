import { LIST_FIELDS } from "../../modules/ecs-task-execution-role/permissions/access-fields";
import { DERIVED_FIELDS } from "../../modules/ecs-task-execution-role/permissions/container-grants";
import { TRUST_FIELDS } from "../../modules/ecs-task-execution-role/permissions/trust-fields";
import { table } from "./markdown";
import { FIELDS } from "./modes";
import { accessFields, codes, inputRows } from "./tables";
import { blocksOf } from "./terraform-blocks";
import { inTerraformsWords } from "./terraform-words";

/** The tables of the Terraform reference, by the name of the part. */
export const TERRAFORM_TABLES: Readonly<Record<string, () => string>> = {
  inputs,
  access,
  trust,
  outputs,
  resources,
};

function inputs(): string {
  const rows = inputRows().map(([, ...cells]) => inTerraformsCells(cells));
  return table(["variable", "type", "default", "meaning"], rows);
}

function access(): string {
  const rows = accessFields().map(({ field, format, grants }) => {
    const may = field in FIELDS ? `${FIELDS[field as keyof typeof FIELDS].may}: ` : "";
    return [codes([field]), field in LIST_FIELDS ? "`list(string)`" : "`bool`", `${may}${grants}`, format];
  });
  const containers = [
    "`containerDefinitions`",
    "list of objects, or `string`",
    `the same as ${codes(DERIVED_FIELDS)}, for everything that the container definitions contain`,
    "`[{ name = ..., image = ... }]`, its JSON, a task definition, or a list of these",
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
  const rows = blocksOf("output", "outputs.tf").map(({ labels, arguments: of }) => [
    codes(labels),
    of.description ?? "",
  ]);
  return table(["output", "value"], rows);
}

function resources(): string {
  const addresses = (kind: string, prefix: string) =>
    blocksOf(kind, "main.tf").map(({ labels }) => `- \`${prefix}${labels.join(".")}\``);
  return [...addresses("resource", ""), ...addresses("data", "data.")].join("\n");
}

function inTerraformsCells(row: readonly string[]): string[] {
  return row.map(inTerraformsWords);
}
