import { readdirSync, readFileSync } from "node:fs";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { TERRAFORM_MODULE_FOLDER } from "../../scripts/package/terraform-module";
import { run, succeed } from "../../scripts/tools/child-process";
import { PROJECT_ROOT } from "../../scripts/tools/project";
import { endToEnd } from "../support/end-to-end";
import { rootWithModule } from "../support/root-module";

/** The test in the README, for a module in `./role`: OpenTofu needs the blocks of the mocks in it. */
const MOCKED = {
  Terraform: (test: string) => test.replace(".terraform/modules/execution_role/", "./role/"),
  OpenTofu: (test: string) =>
    test.replace(/source = .*/, readFileSync(join(TERRAFORM_MODULE_FOLDER, "tests/mocks/aws.tfmock.hcl"), "utf8")),
};

/** OpenTofu adds the difference between the two sides of a condition. */
const LINES_OF_AN_ERROR = { Terraform: 14, OpenTofu: 18 };

endToEnd("the Terraform module", (tools) => {
  test("passes its own terraform test, without credentials", async () => {
    const folder = join(tools.folder, "own-tests");
    await cp(TERRAFORM_MODULE_FOLDER, folder, { recursive: true });
    const noCredentials = { AWS_ACCESS_KEY_ID: "", AWS_PROFILE: "" };
    const reattach = { TF_REATTACH_PROVIDERS: tools.reattach };
    const environment = { ...process.env, ...tools.terraform.environment, ...noCredentials, ...reattach };
    const terraform = (...args: string[]) => run(tools.terraform.command, args, { cwd: folder, env: environment });
    succeed(await terraform("init", "-input=false"));
    expect(succeed(await terraform("test", "-no-color")).output).toMatch(/Success! \d+ passed, 0 failed\./);
    // The running provider has its own credentials, so the tests must mock it everywhere.
    for (const file of readdirSync(join(folder, "tests")).filter((name) => name.endsWith(".tftest.hcl"))) {
      const text = readFileSync(join(folder, "tests", file), "utf8");
      const providers = new Set(text.match(/^(mock_)?provider "aws"/gm));
      expect([file, [...providers]]).toEqual([file, ['mock_provider "aws"']]);
    }
  });

  test("passes terraform fmt, as do the examples", async () => {
    const terraform = (...folders: string[]) =>
      run(tools.terraform.command, ["fmt", "-check", "-recursive", ...folders], {
        cwd: PROJECT_ROOT,
        env: tools.environment,
      });
    expect((await terraform("examples")).output).toBe("");
    expect((await terraform(TERRAFORM_MODULE_FOLDER)).output).toBe("");
  });

  test("can be mocked in a caller's terraform test, as documented in its README", async () => {
    const page = readFileSync(join(TERRAFORM_MODULE_FOLDER, "README.md"), "utf8");
    const [, runs = ""] = page.match(/```hcl\n(mock_provider "aws" \{\n {2}source [\s\S]+?)```/) ?? [];
    const root = await rootWithModule(tools, join(tools.folder, "mocked"));
    const image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:v1";
    const access = { container_definitions: JSON.stringify([{ name: "orders", image }]) };
    await root.write(
      "main.tf.json",
      JSON.stringify({
        terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
        module: { execution_role: { source: "./role", role_name: "orders-execution", access } },
      }),
    );
    await mkdir(join(root.folder, "tests"));
    await root.write("tests/role.tftest.hcl", MOCKED[tools.terraform.product](runs));
    expect((await root.terraform("test")).output).toContain("Success! 1 passed, 0 failed.");
  });

  test("rejects invalid input with the variable, its value and a fix, in a few lines", async () => {
    const root = await rootWithModule(tools, join(tools.folder, "refused"));
    const container = (more: object) => ({
      access: { container_definitions: JSON.stringify([{ name: "orders", image: "nginx", ...more }]) },
    });
    // An unknown value hides only the faults of its own group.
    const later = "${terraform_data.later.id}";
    const inputs: readonly object[] = [
      { role_name: "a b" },
      { tags: { "aws:x": "a" } },
      { managed_policies: { a: "AmazonECSTaskExecutionRolePolicy" } },
      { trust: { source_accounts: ["1"] } },
      { access: { guard_duty_agent: true, secret: ["a"] } },
      { access: { secrets: ["db"] } },
      container({ image: "My Image" }),
      container({ secrets: [{ name: "TOKEN", valueFrom: "arn:aws:s3:::bucket/key" }] }),
      { permissions_boundary: later, managed_policies: { own: later }, tags: { team: later }, path: "team" },
      { permissions_boundary: later, path: later, managed_policies: { own: "a b" }, trust: { source_arns: ["*"] } },
      {
        access: {
          ...container({ image: "Your Image", environmentFiles: [{ type: "s3", value: "config" }] }).access,
          ...{ vpc_endpoints: [later], secrets: [later], log_groups: ["/ecs/orders"] },
        },
      },
    ];
    const blocks = inputs.map((variables, at) => {
      const lines = Object.entries(variables).map(([variable, value]) => `  ${variable} = ${JSON.stringify(value)}`);
      return [`module "role${at}" {`, '  source = "./role"', ...lines, "}\n"].join("\n");
    });
    await root.write("main.tf", ['resource "terraform_data" "later" {}\n', ...blocks].join("\n"));
    const { code, output } = await root.terraform("plan", "-input=false");
    expect(code).toBe(1);
    const errors = output.split(/^Error: /m).slice(1);
    const refused = errors.map((error) => error.replace(/\s+/g, " ").match(/([^ ]+): got /)?.[1]);
    expect(refused.sort()).toEqual([
      "access",
      'access.container_definitions["orders"].environmentFiles[0].value',
      'access.container_definitions["orders"].image',
      'access.container_definitions["orders"].image',
      'access.container_definitions["orders"].secrets[0].valueFrom',
      "access.log_groups",
      "access.secrets",
      'managed_policies["a"]',
      'managed_policies["own"]',
      "path",
      "role_name",
      "tags",
      "trust.source_accounts",
      "trust.source_arns",
    ]);
    for (const error of errors) {
      expect(error.replace(/\s+/g, " ")).toMatch(
        /\brole (".+"|with a generated name): [\w."[\]]+: got .+; must .+\. Fix: .+\./,
      );
      const lines = error.trim().split("\n").length;
      expect([error, lines <= LINES_OF_AN_ERROR[tools.terraform.product]]).toEqual([error, true]);
    }
  });
});
