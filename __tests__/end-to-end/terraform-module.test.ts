import { readdirSync, readFileSync } from "node:fs";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DEFAULT_MANAGED_POLICIES } from "../../modules/ecs-task-execution-role/permissions/managed-policies";
import { TERRAFORM_MODULE_FOLDER } from "../../scripts/package/terraform-module";
import { run, succeed } from "../../scripts/parts/child-process";
import { PROJECT_ROOT } from "../../scripts/parts/project";
import { policyDocuments } from "../support/account";
import { emptyAws, endToEnd } from "../support/end-to-end";
import { exampleOfModule, type RootModule, rootWithModule } from "../support/root-module";

/** The test in the README, for a module in `./role`: OpenTofu needs the blocks of the mocks in it. */
const MOCKED = {
  Terraform: (test: string) => test.replace(".terraform/modules/execution_role/", "./role/"),
  OpenTofu: (test: string) =>
    test.replace(/source = .*/, readFileSync(join(TERRAFORM_MODULE_FOLDER, "tests/mocks/aws.tfmock.hcl"), "utf8")),
};

/** OpenTofu adds the difference between the two sides of a condition. */
const LINES_OF_AN_ERROR = { Terraform: 14, OpenTofu: 16 };

endToEnd("the Terraform module", (parts) => {
  test("passes its own terraform test, without credentials", async () => {
    const folder = join(parts.folder, "own-tests");
    await cp(TERRAFORM_MODULE_FOLDER, folder, { recursive: true });
    const noCredentials = { AWS_ACCESS_KEY_ID: "", AWS_PROFILE: "" };
    const reattach = { TF_REATTACH_PROVIDERS: parts.reattach };
    const environment = { ...process.env, ...parts.terraform.environment, ...noCredentials, ...reattach };
    const terraform = (...args: string[]) => run(parts.terraform.command, args, { cwd: folder, env: environment });
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
      run(parts.terraform.command, ["fmt", "-check", "-recursive", ...folders], {
        cwd: PROJECT_ROOT,
        env: parts.environment,
      });
    expect((await terraform("examples")).output).toBe("");
    expect((await terraform(TERRAFORM_MODULE_FOLDER)).output).toBe("");
  });

  describe("in the example", () => {
    // The examples use the same resource names.
    afterEach(() => emptyAws(parts));

    test.each<[string, unknown]>([
      [
        "complete",
        {
          role_arn: expect.stringMatching(/^arn:aws:iam::123456789012:role\/orders-/),
          access_policy: expect.stringContaining("secret:orders/token-"),
          service_role_arns: {
            invoices: "arn:aws:iam::123456789012:role/ecs/invoices-execution",
            mails: "arn:aws:iam::123456789012:role/ecs/mails-execution",
          },
          workshop_policy_arns: expect.objectContaining({
            SecretsManagerReadWrite: "arn:aws:iam::aws:policy/SecretsManagerReadWrite",
          }),
        },
      ],
      [
        "container-definitions",
        {
          role_arn: expect.stringMatching(/^arn:aws:iam::123456789012:role\/orders-/),
          access_policy: expect.stringMatching(
            /log-group:\/ecs\/orders:[\s\S]*secret:orders\/database-[\s\S]*parameter\/orders\/flags/,
          ),
        },
      ],
    ])("%s is created by one apply, and then has an empty plan", async (name, outputs) => {
      const root = await exampleOfModule(parts, name);
      const { output } = await root.apply();
      expect(output).not.toContain("Warning");
      expect(await root.outputs()).toEqual(outputs);
      await root.expectNoChanges();
    });
  });

  test("creates its role in another account with the provider that is passed to it", async () => {
    const root = await rootWithModule(parts, join(parts.folder, "second-account"));
    await root.write(
      "main.tf",
      `provider "aws" {}

provider "aws" {
  alias = "second"

  assume_role {
    role_arn = "arn:aws:iam::444455556666:role/deployer"
  }
}

module "execution_role" {
  source    = "./role"
  providers = { aws = aws.second }

  role_name = "orders-execution"
}

output "role_arn" {
  value = module.execution_role.role_arn
}
`,
    );
    await root.apply();
    expect(await root.outputs()).toEqual({ role_arn: "arn:aws:iam::444455556666:role/orders-execution" });
  });

  test("can be mocked in a caller's terraform test, as documented in its README", async () => {
    const page = readFileSync(join(TERRAFORM_MODULE_FOLDER, "README.md"), "utf8");
    const [, runs = ""] = page.match(/```hcl\n(mock_provider "aws" \{\n {2}source [\s\S]+?)```/) ?? [];
    const root = await rootWithModule(parts, join(parts.folder, "mocked"));
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
    await root.write("tests/role.tftest.hcl", MOCKED[parts.terraform.product](runs));
    expect((await root.terraform("test")).output).toContain("Success! 1 passed, 0 failed.");
  });

  test("rejects invalid input with the variable, its value and a fix, in a few lines", async () => {
    const root = await rootWithModule(parts, join(parts.folder, "refused"));
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
      expect([error, lines <= LINES_OF_AN_ERROR[parts.terraform.product]]).toEqual([error, true]);
    }
  });

  describe("in one root module", () => {
    const arn = (name: string) => `arn:aws:secretsmanager:us-east-1:111122223333:secret:${name}`;
    const role = (role_name: string, more: object) => ({ source: "./role", role_name, ...more });
    // As JSON, because otherwise Terraform knows the length of a list in the plan.
    const later = { input: JSON.stringify({ secrets: [arn("db"), arn("db")], none: [] }) };
    const ofLater = (path: string) => `\${jsondecode(terraform_data.later.output).${path}}`;
    const unknownLists = {
      whole: role("whole", {
        access: {
          secrets: ofLater("secrets"),
          parameters: ofLater("none"),
          log_groups: [],
        },
      }),
      part: role("part", { access: { secrets: [ofLater("secrets[0]"), arn("db")] } }),
      sensitive: role("sensitive", { access: { secrets: [`\${sensitive("${arn("db")}")}`] } }),
    };
    let root: RootModule;
    const write = (switched: object) =>
      root.write(
        "main.tf.json",
        JSON.stringify({
          resource: { terraform_data: { later } },
          module: { ...unknownLists, switched: role("switched", switched) },
        }),
      );
    const changes = async () =>
      (await root.plan()).changes.map(({ address, change }) => `${change.actions} ${address.replace(/\[.*/, "")}`);
    beforeAll(async () => {
      root = await rootWithModule(parts, join(parts.folder, "one-root"));
      await write({});
      await root.apply();
    });

    test("accepts sensitive lists, and lists that are known after apply in whole or in part", async () => {
      const Statement = [
        { Sid: "ReadSecrets", Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: arn("db-??????") },
      ];
      for (const roleName of Object.keys(unknownLists)) {
        const documents = await policyDocuments(parts.iam, roleName);
        expect({ roleName, documents }).toEqual({ roleName, documents: [{ Version: "2012-10-17", Statement }] });
      }
    });

    test("switches from the managed policies to access in two applies without losing permissions", async () => {
      const access = { guard_duty_agent: true };
      await write({ access, managed_policies: DEFAULT_MANAGED_POLICIES });
      // No changes to the roles with these lists.
      expect(await changes()).toEqual([
        "create module.switched.aws_iam_policy.access",
        "create module.switched.aws_iam_role_policy_attachment.access",
      ]);
      succeed(await root.terraform("apply", "-input=false", "plan"));
      await write({ access });
      expect(await changes()).toEqual(Array(4).fill("delete module.switched.aws_iam_role_policy_attachment.managed"));
    });
  });

  test("rejects an invalid value next to one that is known after apply, with its own message", async () => {
    const root = await rootWithModule(parts, join(parts.folder, "bad-behind-unknown"));
    await root.write(
      "main.tf.json",
      JSON.stringify({
        resource: { terraform_data: { later: { input: "arn:aws:secretsmanager:us-east-1:111122223333:secret:db" } } },
        module: {
          role: { source: "./role", access: { secrets: ["${terraform_data.later.output}", "bad"] } },
          named_later: { source: "./role", role_name: "r-${terraform_data.later.id}", tags: { "a?": "b" } },
          access_of_named_later: {
            source: "./role",
            role_name: "a-${terraform_data.later.id}",
            access: { parameters: ["bad"] },
          },
        },
      }),
    );
    const { code, output } = await root.terraform("apply", "-input=false", "-auto-approve");
    expect(code).toBe(1);
    const text = output.replace(/\s+/g, " ");
    expect(text).toContain('access.secrets: got "bad"; must be the ARN of a Secrets Manager secret');
    // Their errors name the role.
    expect(text).toMatch(/role "r-[-\w]{36}": tags: got "a\?"; must have a key/);
    expect(text).toMatch(/role "a-[-\w]{36}": access\.parameters: got "bad"; must be the ARN of an SSM parameter/);
  });
});
