import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ARN_FIELD_NAMES, ARN_FIELDS, SWITCHES } from "../../modules/ecs-task-execution-role/access";
import { ATTRIBUTES, INPUTS } from "../../modules/ecs-task-execution-role/inputs";
import { PERMISSIONS } from "../../modules/ecs-task-execution-role/permissions";
import { snakeCase } from "../../modules/ecs-task-execution-role/terraform-language";
import { terraformModule } from "../../modules/ecs-task-execution-role/terraform-module";
import { run, succeed } from "../../scripts/support/child-process";
import { picture } from "../../scripts/support/picture";
import { NODE_WITH_TSX, PROJECT_ROOT } from "../../scripts/support/project";
import { expectGenerated } from "../support/generated-docs";
import { referenceOf } from "../support/typescript-reference";

const MODULE = "modules/ecs-task-execution-role/terraform";

const read = (file: string) => readFileSync(join(PROJECT_ROOT, file), "utf8");

const { version } = JSON.parse(read("package.json"));

/** What stands in a file between two marks, as TypeScript in Markdown. */
const excerpt = (file: string, mark: string) => {
  const [, after = ""] = read(file).split(new RegExp(`^ *// ${mark}: begin\n`, "m"));
  const [text = ""] = after.split(new RegExp(`^ *// ${mark}: end`, "m"));
  const indent = text.match(/^ */)?.[0] ?? "";
  return `\`\`\`ts\n${text.replaceAll(new RegExp(`^${indent}`, "gm"), "")}\`\`\``;
};

describe("the documentation", () => {
  test.each([
    ["container definitions", "container-definitions/main.ts", "README"],
    ["least privilege", "least-privilege/main.ts", "README"],
    ["grant", "least-privilege/main.ts", "README-GRANT"],
    ["compose", "fargate-service/service-stack.ts", "README"],
    ["adopt", "adopt-existing-role/main.ts", "README"],
  ])("shows the example that the tests deploy: %s", (part, file, mark) => {
    expectGenerated("README.md", part, excerpt(`examples/${file}`, mark));
  });

  test("shows the import blocks that the tests apply", () => {
    const [, ...imports] = read("examples/adopt-existing-role/main.tf").split(/^(?=import \{)/m);
    const text = `\`\`\`hcl\n${imports.join("")}\`\`\``;
    expectGenerated("modules/ecs-task-execution-role/README.md", "adopt in Terraform", text);
  });

  test.each([
    ["README.md", `git::https://github.com/OWNER/cdktf-ecs-task-execution-role.git//${MODULE}?ref=v${version}`],
    ["modules/ecs-task-execution-role/README.md", "./ecs-task-execution-role"],
  ])("shows the Terraform example that the tests apply: %s", (file, source) => {
    const example = read("examples/terraform-native/least-privilege/main.tf");
    const block = example.match(/^module .+?^}\n/ms)?.[0].replace(`../../../${MODULE}`, source);
    expectGenerated(file, "least privilege in Terraform", `\`\`\`hcl\n${block}\`\`\``);
  });

  const expectTable = (part: string, rows: string[][]) =>
    expectGenerated(
      "modules/ecs-task-execution-role/README.md",
      part,
      rows.map((row) => `| ${row.join(" | ")} |`).join("\n"),
    );

  test("lists every input, for both kinds of user", () => {
    const rows = Object.entries(INPUTS).map(([prop, { type, byDefault, description }]) => [
      `\`${prop}\``,
      `\`${snakeCase(prop)}\``,
      type,
      byDefault,
      description,
    ]);
    expectTable("inputs", [["prop", "variable", "type", "default", "meaning"], Array(5).fill("---"), ...rows]);
    expect(Object.keys(terraformModule().variable)).toEqual(Object.keys(INPUTS).map(snakeCase));
  });

  test("lists every output, for both kinds of user", () => {
    const { output } = terraformModule();
    const attributes = Object.keys(ATTRIBUTES).map((name) => [snakeCase(name), `\`${name}\``]);
    const rows = Object.entries(output).map(([name, { description }]) => [
      Object.fromEntries(attributes)[name] ?? "",
      `\`${name}\``,
      description,
    ]);
    expectTable("outputs", [["attribute", "output", "is"], Array(3).fill("---"), ...rows]);
  });

  test("lists what each field gives, as the table of permissions has it", () => {
    const rows = [...ARN_FIELD_NAMES, ...SWITCHES].map((field) => {
      const given = field === "createLogGroups" ? "createdLogGroups" : field;
      const permissions = PERMISSIONS.filter(({ givenBy }) => givenBy.includes(given));
      const value = field in ARN_FIELDS ? `\`${ARN_FIELDS[field as keyof typeof ARN_FIELDS].form}\`` : "`true`";
      const actions = permissions.flatMap(({ actions }) => actions.map((action) => `\`${action}\``));
      const sources = new Set(permissions.map(({ source }) => source));
      return [
        `\`${field}\``,
        value,
        actions.join(", "),
        [...sources].map((url, at) => `[${at + 1}](${url})`).join(" "),
      ];
    });
    expectTable("access", [["field", "value", "gives", "asked for by AWS"], Array(4).fill("---"), ...rows]);
  });

  test("has a page of reference for TypeScript, from the source", () => {
    const parts = [
      referenceOf("ecs-task-execution-role.ts", "EcsTaskExecutionRole"),
      referenceOf("props.ts", "EcsTaskExecutionRoleProps"),
      referenceOf("access.ts", "TaskExecutionAccess"),
      referenceOf("assume-role-policy.ts", "TaskExecutionTrust"),
    ];
    expectGenerated("docs/typescript.md", "reference", parts.join("\n\n"));
  });

  test("has a page of reference for Terraform, from the module", () => {
    const { variable, output, resource, data } = terraformModule();
    const variables = Object.entries(variable).map(([name, { description, type, default: byDefault, ...more }]) =>
      [
        `### ${name}`,
        description,
        `- type: \`${type}\`\n- default: \`${JSON.stringify(byDefault)}\``,
        (more.validation ?? []).map(ruleOf).join("\n"),
      ]
        .filter((part) => part !== "")
        .join("\n\n"),
    );
    const outputs = Object.entries(output).map(([name, { description }]) => `- \`${name}\`: ${description}`);
    const addresses = (blocks: Record<string, object>, prefix = "") =>
      Object.entries(blocks).flatMap(([type, all]) => Object.keys(all).map((name) => `- \`${prefix}${type}.${name}\``));
    const parts = [
      "## Variables",
      ...variables,
      "## Outputs",
      outputs.join("\n"),
      "## Resources",
      [...addresses(resource), ...addresses(data, "data.")].join("\n"),
    ];
    expectGenerated("docs/terraform.md", "reference", parts.join("\n\n"));
  });

  test("draws the role of the example from its synthesized stack", async () => {
    const folder = await mkdtemp(join(tmpdir(), "picture-"));
    const example = join(PROJECT_ROOT, "examples/least-privilege/main.ts");
    succeed(
      await run(process.execPath, [...NODE_WITH_TSX, example], {
        cwd: PROJECT_ROOT,
        env: { ...process.env, CDKTF_OUTDIR: folder },
      }),
    );
    expectGenerated("README.md", "picture", `\`\`\`mermaid\n${picture(folder)}\n\`\`\``);
    await rm(folder, { recursive: true });
  });
});

/** What a validation's message says of which input. */
function ruleOf({ error_message }: { error_message: string }): string {
  const [, input = "", must = ""] = error_message.match(/^(\S+): got .*; must (.*?)\. Fix: /s) ?? [];
  return `- \`${input}\` must ${must}.`;
}
