import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  ACCESS_FACTS,
  CONTAINER_FACTS,
  ROLE_FACTS,
  snakeCase,
} from "../../modules/ecs-task-execution-role/permissions/facts";
import { PERMISSIONS } from "../../modules/ecs-task-execution-role/permissions/permissions";
import { blocksOf } from "../../scripts/docs/terraform-blocks";
import { defaultsOf } from "../../scripts/docs/typescript-reference";
import { terraformArchive } from "../../scripts/package/registry-repository";
import { TERRAFORM_MODULE_FOLDER } from "../../scripts/package/terraform-module";

const ACCESS_FOLDER = join(TERRAFORM_MODULE_FOLDER, "modules/access");
const CHECKS_FOLDER = join(TERRAFORM_MODULE_FOLDER, "modules/checks");
const FILES = [TERRAFORM_MODULE_FOLDER, ACCESS_FOLDER, CHECKS_FOLDER].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".tf"))
    .map((name) => join(folder, name)),
);
const text = FILES.map((file) => readFileSync(file, "utf8")).join("\n");
const ACCESS = readFileSync(join(ACCESS_FOLDER, "main.tf"), "utf8");

// Functions of Terraform 1.5. A function that a later version added is not in this list.
const FUNCTIONS = [
  ...[
    "alltrue",
    "anytrue",
    "basename",
    "can",
    "coalesce",
    "coalescelist",
    "concat",
    "contains",
    "distinct",
    "flatten",
    "floor",
    "format",
  ],
  ...[
    "join",
    "jsondecode",
    "jsonencode",
    "keys",
    "length",
    "lookup",
    "lower",
    "max",
    "merge",
    "min",
    "nonsensitive",
    "one",
    "regex",
  ],
  ...[
    "replace",
    "reverse",
    "sensitive",
    "setintersection",
    "setsubtract",
    "sort",
    "split",
    "startswith",
    "strcontains",
  ],
  ...[
    "substr",
    "tobool",
    "tolist",
    "toset",
    "tostring",
    "trimprefix",
    "trimsuffix",
    "try",
    "values",
    "file",
    "object",
    "map",
    "set",
  ],
];

describe("the Terraform module", () => {
  test("has no provider, no backend and nothing specific to CDKTF", () => {
    const versions = [...text.matchAll(/\b(?:required_)?version += "(.*?)"/g)].map(([, version]) => version);
    expect(versions).toEqual([">= 1.5", ">= 5.72", ">= 1.5", ">= 1.5"]);
    expect(text).not.toMatch(/^(provider|backend) |cdktf/m);
    for (const file of FILES.filter((one) => dirname(one) !== TERRAFORM_MODULE_FOLDER)) {
      expect(readFileSync(file, "utf8")).not.toMatch(/^resource /m);
    }
  });

  test("has an output for every attribute of the construct", () => {
    const members = Object.keys(defaultsOf("ecs-task-execution-role.ts", "EcsTaskExecutionRole"));
    const attributes = members.filter((name) => !["constructor", "role", "grant", "adopt"].includes(name));
    const outputs = blocksOf("output", "outputs.tf").map(({ labels: [name = ""] }) => name);
    expect(outputs.sort()).toEqual([...attributes, "assumeRolePolicy", "accessPolicy"].map(snakeCase).sort());
  });

  test("documents the limits that it checks", () => {
    const { role, tags } = ROLE_FACTS;
    const limits = {
      role_name: [role.role_name.at_most],
      role_name_prefix: [role.role_name_prefix.at_most],
      path: [role.path.at_most],
      description: [role.description.at_most],
      max_session_duration: [role.max_session_duration.from, role.max_session_duration.at_most],
      tags: [tags.count.at_most, tags.key.at_most, tags.value.at_most],
    };
    const descriptions = Object.fromEntries(
      blocksOf("variable", "variables.tf").map(({ labels: [name], arguments: { description } }) => [name, description]),
    );
    for (const [name, numbers] of Object.entries(limits)) {
      expect(descriptions[name]?.match(/\d+/g)).toEqual(expect.arrayContaining(numbers.map(String)));
    }
  });

  test("has the statements of the construct, each with its actions and its page", () => {
    const rows = [...ACCESS.matchAll(/sid += "(\w+)", actions = (\[.*?\]|local\.only\.pull)/g)].map(
      ([, sid, actions = ""]) => [sid, actions === "local.only.pull" ? ACCESS.match(/pull += (\[.*\])/)?.[1] : actions],
    );
    // Of a statement that is missing, generated-docs.test.ts names the file.
    const permissions = PERMISSIONS.filter((one) => rows.some(([sid]) => sid === one.sid));
    const expected = permissions.map(({ sid, actions }) => [sid, JSON.stringify(actions).replaceAll(",", ", ")]);
    expect(rows.filter(([sid]) => sid !== "NothingNeeded")).toEqual(expected);
    const statements = ACCESS.slice(ACCESS.indexOf("statements = {"));
    for (const { sid, source, condition } of permissions) {
      const row = statements.split("\n").find((line) => line.includes(`sid = "${sid}"`)) ?? "";
      expect([sid, row.includes("conditions = ")]).toEqual([sid, condition !== undefined]);
      expect(statements).toContain(source);
    }
  });

  test("has conventional resource addresses", () => {
    const addresses = (kind: string) => blocksOf(kind, "main.tf").map(({ labels }) => labels.join("."));
    expect(addresses("resource").sort()).toEqual([
      "aws_iam_policy.access",
      "aws_iam_role.this",
      "aws_iam_role_policies_exclusive.this",
      "aws_iam_role_policy_attachment.access",
      "aws_iam_role_policy_attachment.managed",
      "aws_iam_role_policy_attachments_exclusive.this",
    ]);
  });

  test("uses no function that is newer than Terraform 1.5, except where an older version may not know it", () => {
    const withoutTexts = text
      .replace(/^\s*#.*$/gm, "")
      .replace(/(?:try|can)\(issensitive/g, "(")
      .replace(/knows_sensitive \?|can\(\(""\)\) \?/g, "")
      .replace(/"(?:[^"\\]|\\.)*"/g, '""')
      .replace(/= optional\(/g, "= (");
    const called = [...withoutTexts.matchAll(/\b([a-z]+)\(/g)].map(([, name = ""]) => name);
    expect([...new Set(called)].filter((name) => !FUNCTIONS.includes(name))).toEqual(["issensitive"]);
  });

  test("has no line over 160 characters, except for descriptions and error messages", () => {
    const long = text.split("\n").filter((line) => line.length > 160 && !/^ *(description|error_message) /.test(line));
    expect(long).toEqual([]);
  });
});

describe("the length", () => {
  const lines = (files: readonly string[]) => files.flatMap((file) => readFileSync(file, "utf8").trimEnd().split("\n"));

  test("of the module stays readable: 800 lines of HCL, 220 of them in main.tf, and 400 of JSON", () => {
    expect(lines(FILES).length).toBeLessThanOrEqual(800);
    expect(lines([join(TERRAFORM_MODULE_FOLDER, "main.tf")]).length).toBeLessThanOrEqual(220);
    const facts = ["access", "containers", "role"].map((name) => join(ACCESS_FOLDER, "messages", `${name}.json`));
    expect(lines(facts).length).toBeLessThanOrEqual(400);
  });
});

describe("the release archive", () => {
  test("has the same bytes every time", () => {
    expect(terraformArchive()).toEqual(terraformArchive());
  });
});

describe("the facts", () => {
  test("have each kind of value and each switch in one group of faults, and no name twice", () => {
    const groups = Object.values(ACCESS_FACTS.groups).flat();
    const { lists, switches } = ACCESS_FACTS;
    expect(groups.filter((name) => !(name in lists)).sort()).toEqual(
      [...Object.keys(CONTAINER_FACTS.formats), ...switches, "structure"].sort(),
    );
    expect(groups.length).toBe(new Set(groups).size);
    const outputs = readFileSync(join(TERRAFORM_MODULE_FOLDER, "outputs.tf"), "utf8");
    for (const group of Object.keys(ACCESS_FACTS.groups)) {
      expect(outputs).toContain(`length(try(module.access[0].faults.${group}, [])) == 0`);
    }
  });
});
