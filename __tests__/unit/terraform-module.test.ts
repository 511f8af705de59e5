import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LIST_FIELD_NAMES, SWITCHES } from "../../modules/ecs-task-execution-role/aws/access-fields";
import { checkOf } from "../../modules/ecs-task-execution-role/hcl/checks";
import { snakeCase } from "../../modules/ecs-task-execution-role/hcl/language";
import { terraformModule } from "../../modules/ecs-task-execution-role/hcl/module";
import { ATTRIBUTES, INPUTS } from "../../modules/ecs-task-execution-role/inputs/descriptions";
import { RULES } from "../../modules/ecs-task-execution-role/rules/rules";
import { terraformArchive } from "../../scripts/package/registry-repository";
import { TERRAFORM_MODULE_FOLDER } from "../../scripts/package/terraform-module";
import { run, succeed } from "../../scripts/parts/child-process";
import { NODE_WITH_TSX, PROJECT_ROOT } from "../../scripts/parts/project";

const module_ = terraformModule();
const text = JSON.stringify(module_);

// Functions of Terraform 1.5. A function that a later version added is not in this list.
const FUNCTIONS = [
  ...[
    "alltrue",
    "anytrue",
    "can",
    "coalesce",
    "coalescelist",
    "compact",
    "concat",
    "contains",
    "distinct",
    "flatten",
    "floor",
    "join",
    "jsondecode",
    "jsonencode",
  ],
  ...[
    "keys",
    "length",
    "lookup",
    "lower",
    "merge",
    "nonsensitive",
    "one",
    "regex",
    "replace",
    "sensitive",
    "slice",
    "sort",
    "split",
    "startswith",
    "tomap",
  ],
  ...["substr", "tobool", "tostring", "trimprefix", "trimsuffix", "try", "values"],
];

const FIELDS = new RegExp(
  `\\b(${[...LIST_FIELD_NAMES, ...SWITCHES, "containerDefinitions", "sourceAccounts", "sourceArns"].join("|")})\\b`,
  "g",
);

describe("the Terraform module", () => {
  test("is up to date with its source (if not, run npm run build)", async () => {
    // In a separate process, because the formatter, which is WebAssembly, leaves a timer running.
    const script =
      "require(process.argv[1]).terraformModuleFiles().then((files) => console.log(JSON.stringify(files)))";
    const library = join(PROJECT_ROOT, "scripts", "package", "terraform-module.ts");
    const { stdout } = succeed(await run(process.execPath, [...NODE_WITH_TSX, "-e", script, library]));
    for (const [name, text] of Object.entries(JSON.parse(stdout))) {
      expect([name, readFileSync(join(TERRAFORM_MODULE_FOLDER, name), "utf8")]).toEqual([name, text]);
    }
  });

  test("has no provider, no backend and nothing specific to CDKTF", () => {
    expect(Object.keys(module_)).toEqual(["terraform", "variable", "locals", "data", "resource", "output"]);
    expect(module_.terraform).toEqual({
      required_version: ">= 1.5",
      required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.72" } },
    });
    expect(text).not.toMatch(/cdktf|uniqueId/);
  });

  test("has a variable for every prop and an output for every attribute", () => {
    expect(Object.keys(module_.variable)).toEqual(Object.keys(INPUTS).map(snakeCase));
    expect(Object.keys(module_.output)).toEqual([
      ...Object.keys(ATTRIBUTES).map(snakeCase),
      "assume_role_policy",
      "access_policy",
    ]);
    for (const field of [...LIST_FIELD_NAMES, ...SWITCHES]) {
      expect(JSON.stringify(module_.locals.access)).toContain(`\\"${snakeCase(field)}\\"`);
    }
  });

  test("has a description, a type and nullable for every variable, and a description for every output", () => {
    for (const variable of Object.values(module_.variable) as Record<string, unknown>[]) {
      expect(variable).toMatchObject({ description: expect.stringMatching(/\.$/), type: expect.any(String) });
      expect(variable.nullable).toBe(variable.default === null);
    }
    for (const output of Object.values(module_.output) as Record<string, unknown>[]) {
      expect(output.description).toEqual(expect.stringMatching(/\.$/));
    }
  });

  test("checks every rule that Terraform needs, with the same message", () => {
    for (const rule of RULES) {
      const { must, fix } = rule;
      const message = JSON.stringify(`; must ${must}. Fix: ${fix}.`).slice(1, -1).replace(FIELDS, snakeCase);
      // In a validation with several checks, the message is a string inside an expression.
      const isThere = [message, JSON.stringify(message).slice(1, -1)].some((one) => text.includes(one));
      expect([message, isThere]).toEqual([
        message,
        checkOf(rule) !== undefined || message.includes("6144") || "isSwitch" in rule,
      ]);
    }
  });

  test("has conventional resource addresses", () => {
    const { data, resource } = module_;
    const addresses = (blocks: Record<string, object>) =>
      Object.entries(blocks).flatMap(([type, all]) => Object.keys(all).map((name) => `${type}.${name}`));
    expect([...addresses(data), ...addresses(resource)]).toEqual([
      "aws_partition.current",
      "aws_region.current",
      "aws_caller_identity.current",
      "aws_iam_policy_document.assume_role_policy",
      "aws_iam_policy_document.access",
      "aws_iam_role.this",
      "aws_iam_role_policy_attachment.managed",
      "aws_iam_role_policy_attachment.access",
      "aws_iam_role_policy_attachments_exclusive.this",
      "aws_iam_role_policies_exclusive.this",
      "aws_iam_policy.access",
    ]);
  });

  test("uses no function that is newer than Terraform 1.5", () => {
    const expressions: string[] = [];
    JSON.stringify(module_, (_, value) => {
      if (typeof value === "string") {
        expressions.push(...value.split("${").slice(1));
      }
      return value;
    });
    const called = expressions
      // Regular expressions contain parentheses, too.
      .map((expression) => expression.replace(/regex\("(?:[^"\\]|\\.)*"/g, 'regex(""'))
      .map((expression) => expression.replace(/"(?:[^"\\]|\\.)*"/g, '""'))
      .flatMap((expression) => [...expression.matchAll(/\b([a-z]+)\(/g)].map(([, name]) => name));
    expect([...new Set(called)].filter((name) => !FUNCTIONS.includes(name ?? ""))).toEqual([]);
  });
});

describe("the release archive", () => {
  test("has the same bytes every time", () => {
    expect(terraformArchive()).toEqual(terraformArchive());
  });
});
