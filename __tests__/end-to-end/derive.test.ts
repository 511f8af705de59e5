import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateRoleCommand, ListRolePoliciesCommand } from "@aws-sdk/client-iam";
import { type Finished, run, succeed } from "../../scripts/tools/child-process";
import { NODE_WITH_TSX, PROJECT_ROOT } from "../../scripts/tools/project";
import { attachedPolicies, ECS_TASKS_TRUST, FOUR_POLICIES } from "../support/account";
import { callCommand, runCli } from "../support/command";
import { endToEnd } from "../support/end-to-end";
import { pushImage } from "../support/images";
import { type Plan, RootModule, rootWithModule } from "../support/root-module";

const TRUST = JSON.stringify(ECS_TASKS_TRUST);

/** The secret with a JSON key, and without the suffix that Secrets Manager appended to its name. */
const SECRETS: Readonly<Record<string, (arn: string) => string>> = {
  v1: (arn) => `"\${${arn}}:password::"`,
  v2: (arn) => `replace(${arn}, "/-[[:alnum:]]{6}$/", "")`,
};

/** A role as the workshop creates it, and the task definitions that use it. */
const byHand = (name: string) => ({
  aws_iam_role: {
    [name]: {
      name,
      description: "Allows ECS tasks to call AWS services on your behalf.",
      assume_role_policy: TRUST,
      tags: { team: "orders" },
    },
  },
  aws_iam_role_policy_attachment: Object.fromEntries(
    FOUR_POLICIES.map((policy_arn, at) => [`${name}_${at}`, { role: `\${aws_iam_role.${name}.name}`, policy_arn }]),
  ),
  aws_ecs_task_definition: Object.fromEntries(
    ["v1", "v2"].map((tag) => [
      `${name}_${tag}`,
      {
        family: `${name}-${tag}`,
        execution_role_arn: `\${aws_iam_role.${name}.arn}`,
        container_definitions: `\${jsonencode([{
          name = "app", image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/${name}:${tag}", memory = 128
          secrets = [{ name = "A", valueFrom = ${SECRETS[tag]?.(`aws_secretsmanager_secret.${name}.arn`)} }]
          logConfiguration = { logDriver = "awslogs", options = { "awslogs-group" = "/ecs/${name}", "awslogs-region" = "us-east-1" } }
        }])}`,
      },
    ]),
  ),
  aws_secretsmanager_secret: { [name]: { name: `${name}/database`, kms_key_id: "${aws_kms_key.key.arn}" } },
  aws_ecr_repository: { [name]: { name } },
  aws_cloudwatch_log_group: { [name]: { name: `/ecs/${name}` } },
});

/** The task definition of before with a role that has the derived policy, and a stack of the derived template. */
const withOtherTools = (policy: string, template_body: string) => ({
  resource: {
    aws_iam_role: { policy: { name: "policy", assume_role_policy: TRUST } },
    aws_iam_role_policy: { policy: { role: "${aws_iam_role.policy.name}", policy } },
    aws_ecs_task_definition: {
      policy: {
        family: "by-policy",
        execution_role_arn: "${aws_iam_role.policy.arn}",
        container_definitions: "${aws_ecs_task_definition.adopted_v1.container_definitions}",
      },
    },
    aws_cloudformation_stack: { roles: { name: "roles", template_body, capabilities: ["CAPABILITY_IAM"] } },
  },
  output: { stack: { value: "${aws_cloudformation_stack.roles.outputs}" } },
});

const merged = (...all: ReturnType<typeof byHand>[]) =>
  all.reduce<Record<string, object>>(
    (sum, one) => Object.fromEntries(Object.entries(one).map(([type, blocks]) => [type, { ...sum[type], ...blocks }])),
    {},
  );

endToEnd("derive", (tools) => {
  const command = (...args: string[]) => callCommand(tools, ...args);
  const derived: Record<string, Finished> = {};
  let stackOutputs: Readonly<Record<string, string>>;

  beforeAll(async () => {
    const hands = new RootModule(tools, join(tools.folder, "hands"));
    const resource = {
      ...merged(byHand("workshop"), byHand("adopted")),
      aws_kms_key: { key: { description: "orders" } },
    };
    await hands.write("main.tf.json", JSON.stringify({ resource }));
    await hands.apply();
    for (const name of ["workshop", "adopted"]) {
      await pushImage(tools, name, "v1");
      await pushImage(tools, name, "v2");
    }
    derived.workshop = succeed(await command("derive", "--role", "workshop"));
    derived.adopted = succeed(await command("derive", "--role", "adopted", "--as", "typescript"));
    // In a process with its own stdout and stderr.
    derived.policy = succeed(await runCli(tools, ["derive", "--role", "adopted", "--as", "policy"]));
    derived.template = succeed(await command("derive", "--role", "adopted", "--as", "cloudformation"));
    const { policy, template } = derived;
    await hands.write("other-tools.tf.json", JSON.stringify(withOtherTools(policy.stdout, template.stdout)));
    await hands.apply();
    stackOutputs = (await hands.outputs()).stack as typeof stackOutputs;
  });

  const whatIsDone = ({ changes }: Plan) =>
    changes
      .map(
        ({ address, change }) =>
          `${change.importing ? "import and " : ""}${change.actions} ${address.replace(/^.*\.(?=aws_)/, "")}`,
      )
      .sort();

  const CHANGES = [
    /^create aws_iam_policy\./,
    /^create aws_iam_role_policy_attachment\./,
    /^import and no-op aws_iam_role\./,
    /^import and no-op aws_iam_role_policies_exclusive\./,
    /^import and update aws_iam_role_policy_attachments_exclusive\./,
  ].map((pattern) => expect.stringMatching(pattern));

  test("prints a module block that imports the workshop's role and changes only its policies", async () => {
    const { stdout } = derived.workshop as Finished;
    for (const policy of FOUR_POLICIES) {
      expect(stdout).toContain(`#   ${policy}\n`);
    }
    const root = await rootWithModule(tools, join(tools.folder, "pasted"));
    await root.write("main.tf", stdout.replace(/"git::[^"]*"/, '"./role"'));
    succeed(await root.terraform("fmt", "-check", "main.tf"));
    expect(whatIsDone(await root.plan())).toEqual(CHANGES);
    await root.apply("plan");
    expect(await attachedPolicies(tools.iam, "workshop")).toEqual(["arn:aws:iam::123456789012:policy/workshop-access"]);
    await root.expectNoChanges();
    const both = ["workshop-v1", "workshop-v2"].flatMap((family) => ["--task-definition", family]);
    const { code, output } = await command("check", ...both, "--strict");
    expect([code, output.trimEnd().split("\n").at(-1)]).toEqual([0, "Every needed call is allowed, and nothing else."]);
  });

  test("prints the full ARN of a secret that a task definition names without its suffix", () => {
    const { stdout } = derived.workshop as Finished;
    expect(stdout).toMatch(
      /secrets = \[\n {6}"arn:aws:secretsmanager:us-east-1:123456789012:secret:workshop\/database-\w{6}",\n {4}\]/,
    );
  });

  test("prints an app that imports the role and changes only its policies", async () => {
    const app = join(tools.folder, "app");
    mkdirSync(app);
    writeFileSync(join(app, "main.ts"), (derived.adopted as Finished).stdout);
    symlinkSync(join(PROJECT_ROOT, "node_modules"), join(app, "node_modules"), "dir");
    const tsconfig = join(PROJECT_ROOT, "tsconfig.json");
    const env = { ...tools.environment, CDKTF_OUTDIR: join(app, "out"), TSX_TSCONFIG_PATH: tsconfig };
    succeed(await run(process.execPath, [...NODE_WITH_TSX, "main.ts"], { cwd: app, env }));
    const root = new RootModule(tools, join(app, "out", "stacks", "execution-roles"));
    expect(whatIsDone(await root.plan())).toEqual(CHANGES);
    await root.apply("plan");
    expect(await command("check", "--task-definition", "adopted-v1", "--strict")).toMatchObject({ code: 0 });
  });

  test("prints a policy that grants a role every needed permission, and no other", async () => {
    const { code, output } = await command("check", "--task-definition", "by-policy", "--strict");
    expect([code, output.trimEnd().split("\n").at(-1)]).toEqual([0, "Every needed call is allowed, and nothing else."]);
  });

  test("prints a CloudFormation template that creates a role with this policy", async () => {
    const RoleName = String(stackOutputs.ExecutionRoleArn).replace(/^.*\//, "");
    // The emulator does not return the policies of a stack's role as JSON.
    const { PolicyNames } = await tools.iam.send(new ListRolePoliciesCommand({ RoleName }));
    expect(PolicyNames).toEqual(["access"]);
    const { Resources } = JSON.parse((derived.template as Finished).stdout);
    expect(Resources.ExecutionRole.Properties.Policies).toEqual([
      { PolicyName: "access", PolicyDocument: JSON.parse((derived.policy as Finished).stdout) },
    ]);
  });

  test("prints the notes on a JSON document to stderr", () => {
    const { stdout, output } = derived.policy as Finished;
    expect(Object.keys(JSON.parse(stdout))).toEqual(["Version", "Statement"]);
    expect(output).toContain("What these task definitions need: adopted-v1:1, adopted-v2:1.");
  });

  test.each([
    [["derive", "--role", "nobody"], "there is no role nobody in this account"],
    [["derive", "--role", "unused"], "no active task definition in this Region uses the role unused"],
    [
      ["derive", "--role", "workshop", "--as", "pulumi"],
      "--as must be terraform, typescript, policy or cloudformation, not pulumi",
    ],
  ])("exits with code 2 for %j", async (args, sentence) => {
    if (args.includes("unused")) {
      await tools.iam.send(new CreateRoleCommand({ RoleName: "unused", AssumeRolePolicyDocument: TRUST }));
    }
    const { code, output } = await command(...args);
    expect(output).toContain(sentence);
    expect(code).toBe(2);
  });
});
