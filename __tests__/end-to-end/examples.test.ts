import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../scripts/tools/project";
import { attachedPolicies, ECS_TASKS_TRUST, FOUR_POLICIES, resourcesOf, roleNames, trustOf } from "../support/account";
import { emptyAws, endToEnd } from "../support/end-to-end";
import { synthesizeExample } from "../support/example-app";
import { exampleOfModule, RootModule, rootWithModule } from "../support/root-module";
import { synthesizeProject } from "../support/synthesize-project";

const AT = "us-east-1:123456789012";
const arnOf = (secret: string) =>
  expect.stringMatching(`^arn:aws:secretsmanager:${AT}:secret:orders/${secret}-[A-Za-z0-9]{6}$`);

const PULL_AND_LOG = {
  RegistryLogin: "*",
  PullImages: `arn:aws:ecr:${AT}:repository/orders`,
  WriteLogs: `arn:aws:logs:${AT}:log-group:/ecs/orders:*`,
};
const CONTAINERS = {
  ...PULL_AND_LOG,
  ReadSecrets: arnOf("database"),
  ReadParameters: `arn:aws:ssm:${AT}:parameter/orders/flags`,
};
const SECRETS_WITH_KEY = {
  ...CONTAINERS,
  ReadSecrets: expect.arrayContaining([arnOf("token"), arnOf("database")]),
  Decrypt: expect.stringMatching(`^arn:aws:kms:${AT}:key/[0-9a-f-]+$`),
};
const QUICK_START = {
  RegistryLogin: "*",
  PullImages: "arn:aws:ecr:us-east-1:111122223333:repository/orders",
  WriteLogs: "arn:aws:logs:us-east-1:123456789012:log-group:/ecs/orders:*",
  ReadSecrets: "arn:aws:secretsmanager:us-east-1:111122223333:secret:orders-AbCdEf",
};

endToEnd("the example", (tools) => {
  // The examples use the same resource names.
  afterEach(() => emptyAws(tools));

  const stackOf = async (name: string) => (await synthesizeExample(tools, name))("orders");
  const quickStart = async () => {
    const root = await rootWithModule(tools, join(tools.folder, "hcl"));
    const text = readFileSync(join(PROJECT_ROOT, "examples/quick-start/main.tf"), "utf8");
    await root.write("main.tf", text.replace("../../modules/ecs-task-execution-role/terraform", "./role"));
    return root;
  };

  test.each<[string, () => Promise<RootModule>, object]>([
    ["quick-start", () => stackOf("quick-start"), QUICK_START],
    ["quick-start in Terraform", quickStart, QUICK_START],
    ["container-definitions", () => stackOf("container-definitions"), CONTAINERS],
    ["container-definitions of the module", () => exampleOfModule(tools, "container-definitions"), CONTAINERS],
    [
      "least-privilege",
      () => stackOf("least-privilege"),
      {
        ...SECRETS_WITH_KEY,
        ReadEnvironmentFiles: expect.stringMatching(/^arn:aws:s3:::orders-config-[0-9a-f]+\/production\.env$/),
        LocateEnvironmentFiles: expect.stringMatching(/^arn:aws:s3:::orders-config-[0-9a-f]+$/),
      },
    ],
    ["complete of the module", () => exampleOfModule(tools, "complete"), SECRETS_WITH_KEY],
  ])("%s is deployed in one apply, grants only what the task needs, and then has an empty plan", async (...row) => {
    const [, rootOf, resources] = row;
    const root = await rootOf();
    const { output } = await root.apply();
    expect(output).not.toContain("Warning");
    await root.expectNoChanges();
    // The example `complete` also has roles whose names come earlier in the alphabet.
    const roleName = (await roleNames(tools.iam)).at(-1) ?? "";
    expect(await attachedPolicies(tools.iam, roleName)).toEqual([
      `arn:aws:iam::123456789012:policy/${roleName}-access`,
    ]);
    expect(await resourcesOf(tools.iam, roleName)).toEqual(resources);
  });

  test("fargate-service deploys both stacks with the necessary dependencies", async () => {
    const stack = await synthesizeExample(tools, "fargate-service");
    const [shared, service] = [stack("shared"), stack("service")];
    await shared.apply();

    const dependencies = await service.dependencies();
    const attachment = expect.stringMatching(/^aws_iam_role_policy_attachment\.execution_access_attachment_/);
    const role = expect.stringMatching(/^aws_iam_role\.execution_/);
    // The task definition depends on the permissions, but the key only on the role: otherwise, there is a cycle.
    expect(dependencies("aws_ecs_task_definition.definition")).toEqual(expect.arrayContaining([attachment]));
    expect(dependencies("aws_kms_key.key")).toEqual(expect.arrayContaining([role]));
    expect(dependencies("aws_kms_key.key")).not.toEqual(expect.arrayContaining([attachment]));
    expect(dependencies("aws_iam_role.task")).not.toEqual(expect.arrayContaining([role]));

    await service.apply();
    await shared.expectNoChanges();
    // The emulator does not store this setting of a service, which has a default in the AWS provider.
    const notKept = "availability_zone_rebalancing";
    const [update, ...others] = (await service.plan()).changes;
    expect(others).toEqual([]);
    expect(update).toMatchObject({ type: "aws_ecs_service", change: { actions: ["update"] } });
    expect({ ...update?.change.after, [notKept]: "" }).toEqual({ ...update?.change.before, [notKept]: "" });
    expect(await resourcesOf(tools.iam, "orders-execution")).toMatchObject(PULL_AND_LOG);
    expect(await attachedPolicies(tools.iam, "orders-task")).toEqual([]);
  });

  // The demo runs `cdktf deploy` and `cdktf destroy`, so its tests cover them.
  test("main.ts is synthesized by npm run synth, which lists its output, and can be applied by Terraform", async () => {
    const { output, folder } = await synthesizeProject(tools, "by-npm", "npm", "run", "--silent", "synth");
    expect(output).toBe(
      [
        "Synthesized ecs-task-execution-role: cdktf.out/stacks/ecs-task-execution-role/cdk.tf.json",
        "  1 aws_iam_role, 4 aws_iam_role_policy_attachment, 1 data.aws_iam_policy_document, 1 data.aws_partition, 3 outputs",
        "Next: npm run deploy, or: cd cdktf.out/stacks/ecs-task-execution-role && terraform init && terraform apply",
        "",
      ].join("\n"),
    );
    const root = new RootModule(tools, folder);
    await root.apply();
    const role_name = "fcjEcsTaskExecutionRole";
    expect(await attachedPolicies(tools.iam, role_name)).toEqual(FOUR_POLICIES);
    expect(await trustOf(tools.iam, role_name)).toEqual(ECS_TASKS_TRUST);
    const { policy_arns, ...named } = await root.outputs();
    expect(named).toEqual({ role_arn: `arn:aws:iam::123456789012:role/${role_name}`, role_name });
    expect(Object.values(policy_arns as object).sort()).toEqual(FOUR_POLICIES);
  });
});
