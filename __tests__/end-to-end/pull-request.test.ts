import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { callCommand } from "../support/command";
import { endToEnd } from "../support/end-to-end";
import { type RootModule, rootWithModule } from "../support/root-module";

interface Call {
  readonly action: string;
}

interface Reported {
  readonly role: string;
  readonly taskDefinitions: readonly { readonly name: string; readonly services: readonly string[] }[];
  readonly missing: readonly Call[];
  readonly allowed: readonly Call[];
  readonly excess: readonly Call[];
  readonly unknown: readonly { readonly field: string; readonly waitsFor: string[]; readonly calls?: Call[] }[];
  readonly notChecked?: string;
}

const actions = (calls: readonly Call[]) => calls.map(({ action }) => action);

endToEnd("check --file on a pull request", (parts) => {
  const rootWith = async (fixture: string) => {
    const root = await rootWithModule(parts, join(parts.folder, fixture));
    await root.writeFixture(`pull-request/${fixture}`);
    return root;
  };
  const check = (root: RootModule, ...args: string[]) =>
    callCommand(parts, "check", "--file", join(root.folder, "plan.json"), ...args);
  const plan = async (root: RootModule, ...args: string[]) => {
    const { json } = await root.plan(...args);
    writeFileSync(join(root.folder, "plan.json"), JSON.stringify(json));
  };
  const rolesOf = async (root: RootModule, ...args: string[]) => {
    const { code, stdout } = await check(root, "--json", ...args);
    return { code, roles: JSON.parse(stdout).roles as Reported[] };
  };

  test("passes for a new service, and names what it waits for", async () => {
    const root = await rootWith("new-service.tf");
    await plan(root);
    const { code, roles } = await rolesOf(root, "--strict");
    const found = roles.map(({ role, taskDefinitions, missing, excess, unknown }) => ({
      role,
      taskDefinitions,
      findings: [...missing, ...excess],
      unknown: unknown.map(({ field, waitsFor }) => [field, ...waitsFor]),
    }));
    const local = ["aws_ecr_repository.orders", "aws_secretsmanager_secret.database", "local.containers"];
    expect(found).toEqual([
      {
        role: "aws_iam_role.by_hand",
        taskDefinitions: [{ name: "aws_ecs_task_definition.by_hand", services: [] }],
        findings: [],
        unknown: [
          ["container_definitions", "aws_ecr_repository.payments", "aws_secretsmanager_secret.payments"],
          [
            "policy of aws_iam_role_policy.by_hand",
            "aws_ecr_repository.payments",
            "aws_secretsmanager_secret.payments",
          ],
        ],
      },
      {
        role: "module.role.aws_iam_role.this",
        // The data source is not a second task definition.
        taskDefinitions: [{ name: "aws_ecs_task_definition.by_module", services: ["aws_ecs_service.by_module"] }],
        findings: [],
        unknown: [
          ["container_definitions", ...local],
          ["service_connect_configuration", "aws_cloudwatch_log_group.orders"],
          ["policy of module.role.aws_iam_policy.access[0]", ...local],
        ],
      },
    ]);
    expect(code).toBe(0);
    expect(await callCommand(parts, "derive", "--file", join(root.folder, "plan.json"))).toMatchObject({
      code: 2,
      output: expect.stringMatching(/: container_definitions of aws_ecs_task_definition\.by_\w+ is unknown\.\n$/),
    });
  });

  test("decides what the known parts of a plan decide", async () => {
    const root = await rootWith("known-containers.tf");
    await plan(root);
    const { code, roles } = await rolesOf(root);
    const READ = "ssm:GetParameters";
    const verdictOn = ({ allowed, missing, unknown }: Reported, action: string) => [
      ...(actions(allowed).includes(action) ? ["allowed"] : []),
      ...(actions(missing).includes(action) ? ["denied"] : []),
      ...unknown.filter(({ calls = [] }) => actions(calls).includes(action)).map(({ field }) => field),
    ];
    const found = roles.map((one) => [one.role.replace(/.*\["(.*)"\]/, "$1"), ...verdictOn(one, READ)]);
    expect(found).toEqual([
      ["allowed", "allowed"],
      ["denied", "denied"],
      ["denying", "policy of aws_iam_role_policy.denying"],
      ["other", "role of aws_iam_role_policy.unclear"],
      ["partly", "policy of aws_iam_policy.partly"],
      ["trusting", "allowed"],
      ["unclear", "role of aws_iam_role_policy.unclear"],
    ]);
    const named = (name: string) => roles.find(({ role }) => role.includes(`"${name}"`)) as Reported;
    expect(verdictOn(named("trusting"), "sts:AssumeRole")).toEqual([
      'assume_role_policy of aws_iam_role.this["trusting"]',
    ]);
    expect(actions(named("allowed").excess)).toContain("ssm:DeleteParameter");
    expect(named("partly").unknown).toMatchObject([{ waitsFor: ["aws_secretsmanager_secret.new"] }]);
    expect(roles.flatMap(({ allowed }) => actions(allowed)).filter((one) => one === "ecr:BatchGetImage")).toHaveLength(
      7,
    );
    expect(code).toBe(1);
  });

  test("passes if the plan replaces a secret of a service that exists", async () => {
    const root = await rootWith("replaced-secret.tf");
    await root.apply();
    await plan(root);
    const { roles: before } = await rolesOf(root);
    expect(before).toMatchObject([{ unknown: [], allowed: [{ action: "secretsmanager:GetSecretValue" }] }]);
    await plan(root, "-var=secret=two");
    const { code, roles } = await rolesOf(root, "--strict");
    expect(roles).toMatchObject([
      {
        role: "arn:aws:iam::123456789012:role/replaced-secret",
        missing: [],
        excess: [],
        unknown: [
          { field: "container_definitions", waitsFor: ["aws_secretsmanager_secret.database"] },
          { field: "policy of aws_iam_role_policy.orders", waitsFor: ["aws_secretsmanager_secret.database"] },
        ],
      },
    ]);
    expect(code).toBe(0);
  });

  test("says in one sentence that a plan has no task definition", async () => {
    const root = await rootWithModule(parts, join(parts.folder, "no-task"));
    await root.write(
      "main.tf.json",
      JSON.stringify({ resource: { aws_ecr_repository: { orders: { name: "orders" } } } }),
    );
    await plan(root);
    const sarif = join(root.folder, "findings.sarif");
    const { code, output } = await check(root, "--sarif", sarif);
    expect(output).toBe("The plan has no aws_ecs_task_definition, so there is nothing to check.\n");
    expect([code, await rolesOf(root)]).toEqual([0, { code: 0, roles: [] }]);
  });
});
