import { join } from "node:path";
import { ECS_TASKS_TRUST, FOUR_POLICIES } from "../support/account";
import { callCommand } from "../support/command";
import { endToEnd } from "../support/end-to-end";
import { pushImage } from "../support/images";
import { RootModule } from "../support/root-module";

/** The role of the workshop, and a task that needs a parameter and a secret with a customer managed key. */
const CONFIGURATION = {
  resource: {
    aws_iam_role: { workshop: { name: "workshop", assume_role_policy: JSON.stringify(ECS_TASKS_TRUST) } },
    aws_iam_role_policy_attachment: Object.fromEntries(
      FOUR_POLICIES.map((policy_arn, at) => [`p${at}`, { role: "${aws_iam_role.workshop.name}", policy_arn }]),
    ),
    aws_ecr_repository: { orders: { name: "orders" } },
    aws_kms_key: { key: { description: "orders" } },
    aws_secretsmanager_secret: { orders: { name: "orders/database", kms_key_id: "${aws_kms_key.key.arn}" } },
    aws_ssm_parameter: { flags: { name: "/orders/flags", type: "String", value: "x" } },
    aws_ecs_task_definition: {
      orders: {
        family: "orders",
        execution_role_arn: "${aws_iam_role.workshop.arn}",
        container_definitions: `\${jsonencode([{
          name = "app", image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/orders:v1", memory = 128
          secrets = [
            { name = "A", valueFrom = aws_secretsmanager_secret.orders.arn },
            { name = "B", valueFrom = aws_ssm_parameter.flags.arn },
          ]
        }])}`,
      },
    },
  },
};

endToEnd("the report of check", (parts) => {
  const check = (...args: string[]) => callCommand(parts, "check", "--task-definition", "orders", ...args);

  beforeAll(async () => {
    const root = new RootModule(parts, join(parts.folder, "workshop"));
    await root.write("main.tf.json", JSON.stringify(CONFIGURATION));
    await root.apply();
    await pushImage(parts, "orders", "v1");
  });

  test("on the workshop's role and two denied calls fits a screen, and has every statement with excess", async () => {
    const { code, stdout } = await check();
    const lines = stdout.trimEnd().split("\n");
    expect(lines[1]).toBe("  orders:1 will not start: 2 calls denied");
    expect(lines.filter((line) => line.startsWith("  DENIED "))).toHaveLength(2);
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines.filter((line) => line.length > 120)).toEqual([]);
    const { roles } = JSON.parse((await check("--json")).stdout);
    const excess: { policy: string; statement: string }[] = roles[0].excess;
    const statements = [
      ...new Set(excess.map(({ policy, statement }) => `${policy.replace(/^.*:policy\//, "")}, ${statement}:`)),
    ];
    expect(excess.length).toBeGreaterThan(40);
    expect(statements).toHaveLength(7);
    expect(statements.filter((one) => !stdout.includes(`\n  EXCESS       ${one} `))).toEqual([]);
    expect(lines.at(-1)).toBe("1 of 1 task will not start: 2 denied, 7 excess.");
    expect(code).toBe(1);
  });

  test("lists with --verbose also the calls that are allowed", async () => {
    const call = "\n  ok           secretsmanager:GetSecretValue on";
    expect((await check()).stdout).not.toContain(call);
    expect((await check("--verbose")).stdout).toContain(call);
  });

  test("names an --ignore that matches no finding beside the output, and has the same exit code", async () => {
    const ignored = ["missing-permission", "excess-permission=s3:Nothing", "dead-statement"];
    const { code, stdout, output } = await check("--json", ...ignored.flatMap((one) => ["--ignore", one]));
    expect(output.replace(stdout, "")).toBe(
      "No finding matches --ignore excess-permission=s3:Nothing, dead-statement.\n",
    );
    expect([code, JSON.parse(stdout).roles.length]).toEqual([0, 1]);
  });
});
