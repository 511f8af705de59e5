import { join } from "node:path";
import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import { type Finished, succeed } from "../../scripts/parts/child-process";
import { attachedPolicies, ECS_TASKS_TRUST, FOUR_POLICIES } from "../support/account";
import { runCli } from "../support/command";
import { endToEnd } from "../support/end-to-end";
import { type Plan, RootModule, rootWithModule } from "../support/root-module";
import { Workspace } from "../support/workspace";

const TRUST = JSON.stringify(ECS_TASKS_TRUST);

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
          secrets = [{ name = "A", valueFrom = "\${aws_secretsmanager_secret.${name}.arn}:password::" }]
          logConfiguration = { logDriver = "awslogs", options = { "awslogs-group" = "/ecs/${name}", "awslogs-region" = "us-east-1" } }
        }])}`,
      },
    ]),
  ),
  aws_secretsmanager_secret: { [name]: { name: `${name}/database`, kms_key_id: "${aws_kms_key.key.arn}" } },
});

const merged = (...all: ReturnType<typeof byHand>[]) =>
  all.reduce<Record<string, object>>(
    (sum, one) => Object.fromEntries(Object.entries(one).map(([type, blocks]) => [type, { ...sum[type], ...blocks }])),
    {},
  );

endToEnd("derive", (parts) => {
  const command = (...args: string[]) => runCli(parts, args, parts.folder);
  const derived: Record<string, Finished> = {};

  beforeAll(async () => {
    const hands = new RootModule(parts, join(parts.folder, "hands"));
    const resource = {
      ...merged(byHand("workshop"), byHand("adopted")),
      aws_kms_key: { key: { description: "orders" } },
    };
    await hands.write("main.tf.json", JSON.stringify({ resource }));
    await hands.apply();
    derived.workshop = succeed(await command("derive", "--role", "workshop"));
    derived.adopted = succeed(await command("derive", "--role", "adopted", "--as", "typescript"));
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
    const root = await rootWithModule(parts, join(parts.folder, "pasted"));
    await root.write("main.tf", stdout.replace(/"git::[^"]*"/, '"./role"'));
    succeed(await root.terraform("fmt", "-check", "main.tf"));
    expect(whatIsDone(await root.plan())).toEqual(CHANGES);
    await root.apply();
    expect(await attachedPolicies(parts.iam, "workshop")).toEqual(["arn:aws:iam::123456789012:policy/workshop-access"]);
    await root.expectNoChanges();
    const both = ["workshop-v1", "workshop-v2"].flatMap((family) => ["--task-definition", family]);
    const { code, output } = await command("check", ...both, "--strict");
    expect([code, output.trimEnd().split("\n").at(-1)]).toEqual([0, "Every needed call is allowed, and nothing else."]);
  });

  test("prints a construct that imports the role and changes only its policies", async () => {
    const { stdout } = derived.adopted as Finished;
    const workspace = new Workspace(parts, "app");
    workspace.synthesize((stack) => {
      // The printed TypeScript is also valid JavaScript.
      new Function("EcsTaskExecutionRole", stdout).call(stack, EcsTaskExecutionRole);
    });
    expect(whatIsDone(await workspace.plan())).toEqual(CHANGES);
    await workspace.apply();
    expect(await command("check", "--task-definition", "adopted-v1", "--strict")).toMatchObject({ code: 0 });
  });

  test.each([
    [["derive", "--role", "nobody"], "there is no role nobody in this account"],
    [["derive", "--role", "unused"], "no active task definition in this Region uses the role unused"],
    [["derive", "--role", "workshop", "--as", "pulumi"], "--as must be terraform or typescript, not pulumi"],
  ])("exits with code 2 for %j", async (args, sentence) => {
    if (args.includes("unused")) {
      await parts.iam.send(new CreateRoleCommand({ RoleName: "unused", AssumeRolePolicyDocument: TRUST }));
    }
    const { code, output } = await command(...args);
    expect(output).toContain(sentence);
    expect(code).toBe(2);
  });
});
