import { terraformModule } from "../../modules/ecs-task-execution-role/hcl/module";

const REGISTRY = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs";

/** The module's requirements, resources, inputs and outputs, in the form of terraform-docs (markdown table). */
export function terraformDocs(): string {
  const { terraform, variable, output, resource, data } = terraformModule();
  const versions = { terraform: terraform.required_version, aws: terraform.required_providers.aws.version };
  const requirements = Object.entries(versions).map(([name, version]) => [named("requirement", name), version]);
  const inputs = sorted(variable).map(([name, { description, type, default: byDefault }]) => [
    named("input", name),
    escaped(description),
    `\`${type}\``,
    `\`${JSON.stringify(byDefault)}\``,
    "no",
  ]);
  const outputs = sorted(output).map(([name, { description }]) => [named("output", name), escaped(description)]);
  return [
    "## Requirements",
    table(["Name", "Version"], requirements),
    "## Providers",
    table(["Name", "Version"], [[named("provider", "aws"), versions.aws]]),
    "## Modules",
    "No modules.",
    "## Resources",
    table(
      ["Name", "Type"],
      [...addresses(resource, "resources", "resource"), ...addresses(data, "data-sources", "data source")],
    ),
    "## Inputs",
    table(["Name", "Description", "Type", "Default", "Required"], inputs, ["", "", "", "", ":------:"]),
    "## Outputs",
    table(["Name", "Description"], outputs),
  ].join("\n\n");
}

function sorted<V>(all: Readonly<Record<string, V>>): [string, V][] {
  return Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1));
}

function addresses(types: Readonly<Record<string, object>>, pages: string, kind: string): string[][] {
  return sorted(types).flatMap(([type, blocks]) =>
    sorted(blocks as Readonly<Record<string, unknown>>).map(([name]) => [
      `[${type}.${name}](${REGISTRY}/${pages}/${type.replace("aws_", "")})`,
      kind,
    ]),
  );
}

function named(kind: string, name: string): string {
  return `<a name="${kind}_${name}"></a> [${escaped(name)}](#${escaped(`${kind}_${name}`)})`;
}

function escaped(text: string): string {
  return text.replace(/[_*|]/g, "\\$&");
}

function table(header: readonly string[], rows: readonly (readonly string[])[], lines: readonly string[] = []): string {
  const rules = header.map((name, at) => lines[at] || "-".repeat(name.length));
  return [header, rules, ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
