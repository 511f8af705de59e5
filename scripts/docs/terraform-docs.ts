import { type Block, blocksOf, requiredVersions } from "./terraform-blocks";

const REGISTRY = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs";

/** The module's requirements, resources, inputs and outputs, in the form of terraform-docs (markdown table). */
export function terraformDocs(): string {
  const versions = requiredVersions();
  const requirements = Object.entries(versions).map(([name, version]) => [named("requirement", name), version]);
  const inputs = sorted(blocksOf("variable", "variables.tf")).map(({ labels: [name = ""], arguments: of }) => [
    named("input", name),
    escaped(of.description ?? ""),
    `\`${of.type ?? "any"}\``,
    `\`${of.default}\``,
    "no",
  ]);
  const outputs = sorted(blocksOf("output", "outputs.tf")).map(({ labels: [name = ""], arguments: of }) => [
    named("output", name),
    escaped(of.description ?? ""),
  ]);
  return [
    "## Requirements",
    table(["Name", "Version"], requirements),
    "## Providers",
    table(["Name", "Version"], [[named("provider", "aws"), versions.aws]]),
    "## Modules",
    table(
      ["Name", "Source", "Version"],
      blocksOf("module", "main.tf").map(({ labels: [name = ""], arguments: of }) => [
        named("module", name),
        of.source ?? "",
        "n/a",
      ]),
    ),
    "## Resources",
    table(
      ["Name", "Type"],
      [...addresses("resource", "resources", "resource"), ...addresses("data", "data-sources", "data source")],
    ),
    "## Inputs",
    table(["Name", "Description", "Type", "Default", "Required"], inputs, ["", "", "", "", ":------:"]),
    "## Outputs",
    table(["Name", "Description"], outputs),
  ].join("\n\n");
}

function sorted(blocks: readonly Block[]): Block[] {
  return [...blocks].sort((one, other) => (one.labels.join(".") < other.labels.join(".") ? -1 : 1));
}

function addresses(block: string, pages: string, kind: string): string[][] {
  return sorted(blocksOf(block, "main.tf")).map(({ labels: [type = "", name = ""] }) => [
    `[${type}.${name}](${REGISTRY}/${pages}/${type.replace("aws_", "")})`,
    kind,
  ]);
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
