import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "@cdktf/hcl2json";
import { version } from "../../package.json";
import { CDKTN_PACKAGE } from "../../scripts/package/npm-packages";
import { TERRAFORM_MODULE_FOLDER } from "../../scripts/package/terraform-module";
import { run, succeed } from "../../scripts/tools/child-process";
import { PROJECT_ROOT } from "../../scripts/tools/project";
import { attachedPolicies, FOUR_POLICIES, roleNames } from "../support/account";
import { Consumer, comparable, pack, type StackJson } from "../support/consumer";
import { endToEnd, withOwnProvider } from "../support/end-to-end";
import { awsBlocks, awsReferences, ProviderTypes } from "../support/provider-types";
import { RootModule } from "../support/root-module";

const KB = 1000;

/** The Terraform module in the form of Terraform's JSON syntax. */
async function terraformModule(): Promise<StackJson> {
  const text = readFileSync(join(TERRAFORM_MODULE_FOLDER, "main.tf"), "utf8");
  const { resource, data } = await parse("main.tf", text);
  const alone = (blocks: Record<string, Record<string, object[]>>) =>
    Object.fromEntries(
      Object.entries(blocks).map(([type, all]) => [
        type,
        Object.fromEntries(Object.entries(all).map(([name, [body = {}]]) => [name, body])),
      ]),
    );
  return { resource: alone(resource), data: alone(data) } as unknown as StackJson;
}

/** The folder of each package, by name. */
const PACKAGES = { "cdktf-ecs-task-execution-role": PROJECT_ROOT, "cdktn-ecs-task-execution-role": CDKTN_PACKAGE };

const CDKTN = "CDK Terrain (@cdktn/provider-aws 25.7.0)";

/** The unit tests of the command, which does not import CDKTF (`unit/architecture`). */
const OF_THE_COMMAND = "/unit/(aws|check|globs|explain|plan|task)[^/]*$";

const inCdktnsNames = (text: string) => text.replaceAll("cdktf", "cdktn");

endToEnd("the npm packages", (tools) => {
  const packed: Record<string, Awaited<ReturnType<typeof pack>>> = {};
  const stacks: Record<string, StackJson> = {};

  beforeAll(async () => {
    for (const [name, from] of Object.entries(PACKAGES)) {
      packed[name] = await pack(from, tools.folder);
    }
  });

  describe.each(Object.keys(PACKAGES))("%s", (name) => {
    test("contains only the compiled code, its types, the Terraform module and three documents", () => {
      const { files = [] } = packed[name] ?? {};
      const code = files.filter((file) => file.startsWith("lib/"));
      expect(files.filter((file) => !code.includes(file)).sort()).toEqual([
        "CHANGELOG.md",
        "LICENSE",
        "README.md",
        "modules/ecs-task-execution-role/terraform/faults.tf",
        "modules/ecs-task-execution-role/terraform/main.tf",
        ...["README.md", "containers.tf", "faults.tf", "main.tf"].map(
          (name) => `modules/ecs-task-execution-role/terraform/modules/access/${name}`,
        ),
        ...["messages/access.json", "messages/containers.json", "messages/role.json"].map(
          (name) => `modules/ecs-task-execution-role/terraform/modules/access/${name}`,
        ),
        ...["outputs.tf", "variables.tf", "versions.tf"].map(
          (name) => `modules/ecs-task-execution-role/terraform/modules/access/${name}`,
        ),
        ...["README.md", "outputs.tf", "variables.tf", "versions.tf"].map(
          (name) => `modules/ecs-task-execution-role/terraform/modules/checks/${name}`,
        ),
        "modules/ecs-task-execution-role/terraform/outputs.tf",
        "modules/ecs-task-execution-role/terraform/variables.tf",
        "modules/ecs-task-execution-role/terraform/versions.tf",
        "package.json",
      ]);
      expect(code.sort()).toEqual([
        "lib/ecs-task-execution-role.d.ts",
        "lib/index.d.ts",
        "lib/index.js",
        "lib/inputs/access.d.ts",
        "lib/inputs/props.d.ts",
        "lib/inputs/trust.d.ts",
        "lib/permissions/managed-policies.d.ts",
      ]);
      expect(readFileSync(packed[name]?.tarball ?? "").length).toBeLessThan(80 * KB);
    });

    test("passes publint and arethetypeswrong", async () => {
      const { tarball = "" } = packed[name] ?? {};
      const judge = (...command: string[]) => run("npx", ["--no-install", ...command, tarball], { cwd: PROJECT_ROOT });
      expect(succeed(await judge("publint", "--strict")).output).toContain("All good!");
      expect(succeed(await judge("attw", "--no-color")).output).toContain("No problems found");
    });

    test("has only peer dependencies, and no install scripts", async () => {
      const published = JSON.parse(readFileSync(join(PACKAGES[name as keyof typeof PACKAGES], "package.json"), "utf8"));
      const scripts = Object.keys(published.scripts ?? {});
      expect(scripts.filter((script) => /^(pre|post)?(install|prepare|publish|pack)/.test(script))).toEqual([]);
      expect(published).not.toHaveProperty("dependencies");
      expect(published.version).toBe(version);
    });
  });

  test("include a README and a package.json of their own for CDK Terrain", () => {
    const [page, json] = ["README.md", "package.json"].map((file) => readFileSync(join(CDKTN_PACKAGE, file), "utf8"));
    expect(page).toMatch(/^# cdktn-ecs-task-execution-role\n/);
    expect(page?.match(/^npm install .*$/gm)).toEqual([expect.stringMatching(/ cdktn-.* @cdktn\/provider-aws@\d+ /)]);
    expect(page?.match(/from "@?cdktf.*"|(?<!\/)cdktf-ecs-task-execution-role/g)).toBeNull();
    expect(json).not.toContain("CDKTF");
  });

  const strangerWith = (versions: string) => new Consumer(join(tools.folder, versions.replace(/\W+/g, "-")));

  const CONSUMERS: [versions: string, packages: string[], tarball: string, inNames: (text: string) => string][] = [
    [
      "AWS provider 6.25 (@cdktf/provider-aws 21.22.1)",
      ["cdktf@0.21.0", "constructs@10.4.2", "@cdktf/provider-aws@21.22.1"],
      "cdktf-ecs-task-execution-role",
      (text) => text,
    ],
    [
      "AWS provider 5.100 (@cdktf/provider-aws 20.1.0)",
      ["cdktf@0.21.0", "constructs@10.4.2", "@cdktf/provider-aws@20.1.0"],
      "cdktf-ecs-task-execution-role",
      (text) => text,
    ],
    [
      CDKTN,
      ["cdktn@0.24.0", "constructs@10.6.0", "@cdktn/provider-aws@25.7.0"],
      "cdktn-ecs-task-execution-role",
      inCdktnsNames,
    ],
  ];

  test.each(CONSUMERS)(
    "compile and synthesize in a strict app with %s, as ESM and as CommonJS",
    async (...consumer) => {
      const [versions, packages, name, inNames] = consumer;
      const stranger = strangerWith(versions);
      succeed(await stranger.install(...packages, packed[name]?.tarball ?? ""));
      const [esm, commonJs] = [
        await stranger.synthesize("module", inNames),
        await stranger.synthesize("commonjs", inNames),
      ];
      expect(comparable(commonJs)).toEqual(comparable(esm));
      stacks[versions] = esm;
    },
  );

  test("synthesize the same resources with each of these versions", () => {
    const [first, ...others] = CONSUMERS.map(([versions]) => stacks[versions] as StackJson);
    expect(Object.keys(first?.resource ?? {}).sort()).toEqual([
      "aws_iam_policy",
      "aws_iam_role",
      "aws_iam_role_policies_exclusive",
      "aws_iam_role_policy_attachment",
      "aws_iam_role_policy_attachments_exclusive",
    ]);
    for (const other of others) {
      expect(comparable(other)).toEqual(comparable(first as StackJson));
    }
  });

  test("pass the unit tests with CDK Terrain instead of CDKTF", async () => {
    const jest = require.resolve("jest/bin/jest");
    const modules = join(strangerWith(CDKTN).folder, "node_modules");
    const { output } = succeed(
      await run(process.execPath, [jest, "--selectProjects", "unit", "--testPathIgnorePatterns", OF_THE_COMMAND], {
        cwd: PROJECT_ROOT,
        env: { ...process.env, CDKTN_NODE_MODULES: modules },
      }),
    );
    expect(output).toMatch(/^\d+ passed, 0 failed/m);
  });

  test("write only arguments that the newest AWS provider with types supports, as does the Terraform module", async () => {
    const types = new ProviderTypes(join(strangerWith(CDKTN).folder, "node_modules/@cdktn/provider-aws/lib"));
    for (const configuration of [stacks[CDKTN] as StackJson, await terraformModule()]) {
      const blocks = awsBlocks(configuration);
      expect(blocks.length).toBeGreaterThan(5);
      expect(blocks.flatMap(({ type, block }) => types.unknownArguments(type, block))).toEqual([]);
      const references = awsReferences(configuration);
      expect(references.length).toBeGreaterThan(5);
      expect(references.filter(({ type, attribute }) => !types.hasAttribute(type, attribute))).toEqual([]);
    }
    expect(types.unknownArguments("aws_iam_role", { nmae: "x" })).toEqual(["aws_iam_role.nmae"]);
    const statement = [{ actions: ["s3:GetObject"], condition: [{ tset: "StringEquals" }] }];
    for (const block of [{ statement }, { dynamic: { statement: { content: statement[0] } } }]) {
      expect(types.unknownArguments("data.aws_iam_policy_document", block)).toEqual([
        "data.aws_iam_policy_document.statement.condition.tset",
      ]);
    }
    expect(types.hasAttribute("aws_iam_role", "arm")).toBe(false);
  });

  test("create roles with CDK Terrain and Terraform", async () => {
    const root = new RootModule(withOwnProvider(tools), dirname(strangerWith(CDKTN).stackFile("module")));
    await root.apply();
    await root.expectNoChanges();
    const roles = await roleNames(tools.iam);
    expect(roles).toEqual(["containers", "far", expect.stringMatching(/^scoped-/), "workshop"]);
    expect(await attachedPolicies(tools.iam, "far")).toEqual(FOUR_POLICIES);
    await root.destroy();
    expect(await roleNames(tools.iam)).toEqual([]);
  });

  test("make npm report an outdated peer dependency", async () => {
    const old = new Consumer(join(tools.folder, "old"));
    const tarball = packed["cdktf-ecs-task-execution-role"]?.tarball ?? "";
    const { code, output } = await old.install(
      tarball,
      "cdktf@0.20.12",
      "@cdktf/provider-aws@19.65.1",
      "constructs@10.4.2",
    );
    expect(code).not.toBe(0);
    expect(output).toContain("ERESOLVE");
    expect(output).toMatch(
      /peer (cdktf@"\^0\.21\.0"|@cdktf\/provider-aws@">=20 <22") from cdktf-ecs-task-execution-role@/,
    );
  });
});
