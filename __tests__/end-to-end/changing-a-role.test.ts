import { readFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { DEFAULT_MANAGED_POLICIES, EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import { TERRAFORM_MODULE_FOLDER } from "../../scripts/package/terraform-module";
import { succeed } from "../../scripts/tools/child-process";
import { PROJECT_ROOT } from "../../scripts/tools/project";
import { attachedPolicies, ECS_TASKS_TRUST, FOUR_POLICIES } from "../support/account";
import { endToEnd } from "../support/end-to-end";
import { synthesizeExample } from "../support/example-app";
import { iamCalls, type QueryCall } from "../support/recorder";
import type { Plan } from "../support/root-module";
import { Workspace } from "../support/workspace";

const EXAMPLE = "changing-a-role";
const BILLING = "billing-execution";
const BILLING_ACCESS = `arn:aws:iam::123456789012:policy/${BILLING}-access`;
const SECRET = "arn:aws:secretsmanager:us-east-1:111122223333:secret:orders/database-AbCdEf";

const README = readFileSync(join(PROJECT_ROOT, "modules/ecs-task-execution-role/README.md"), "utf8");
/** Its `moved` blocks for a role written in Terraform. */
const [, MOVED = ""] = README.split("### A role written in Terraform\n")[1]?.match(/```hcl\n([^`]+)```/) ?? [];
const TASKS = "service-role/AmazonECSTaskExecutionRolePolicy";

const BY_HAND = {
  aws_iam_role: { by_hand: { name: "by-hand", assume_role_policy: JSON.stringify(ECS_TASKS_TRUST) } },
  aws_iam_role_policy_attachment: {
    by_hand: { role: "${aws_iam_role.by_hand.name}", policy_arn: `arn:aws:iam::aws:policy/${TASKS}` },
  },
};

endToEnd("docs/changing-a-role.md", (tools) => {
  let root: Workspace;
  let plan: Plan;
  let planText: string;
  const calls: QueryCall[] = [];

  const apply = async (...planned: string[]) => calls.push(...(await iamCalls(tools, () => root.apply(...planned))));

  const logs = "CloudWatchLogsFullAccess";

  /** Writes the roles with the ids that they have before the example renames them. */
  const writeBefore = async () => {
    root.synthesize((stack) => {
      new EcsTaskExecutionRole(stack, "execution", { roleName: "orders-execution", access: { secrets: [SECRET] } });
      new EcsTaskExecutionRole(stack, "billing", { roleName: BILLING });
      new EcsTaskExecutionRole(stack, "reports", { roleName: "reports-execution", managedPolicies: { logs } });
    });
    const module = {
      execution_role: { source: "./role", role_name: "orders-execution-in-terraform" },
      reports: { source: "./role", role_name: "reports-execution-in-terraform", managed_policies: { logs } },
    };
    await root.write("modules.tf.json", JSON.stringify({ module, resource: BY_HAND }));
  };

  /** Replaces the configuration with the example in both languages. */
  const writeExample = async () => {
    const example = (await synthesizeExample(tools, EXAMPLE))(EXAMPLE);
    const { terraform: _, ...app } = JSON.parse(readFileSync(join(example.folder, "cdk.tf.json"), "utf8"));
    const { terraform } = JSON.parse(readFileSync(join(root.folder, "cdk.tf.json"), "utf8"));
    await root.write("cdk.tf.json", JSON.stringify({ terraform, ...app }));
    const text = readFileSync(join(PROJECT_ROOT, "examples", EXAMPLE, "main.tf"), "utf8");
    await root.write("main.tf", text.replaceAll(/"(orders|reports)-execution"/g, '"$1-execution-in-terraform"'));
    const managed_policies = { AmazonECSTaskExecutionRolePolicy: TASKS };
    const by_hand_role = { source: "./role", role_name: "by-hand", managed_policies };
    await root.write("modules.tf.json", JSON.stringify({ module: { by_hand_role } }));
    await root.write("moved.tf", MOVED.replaceAll("execution", "by_hand"));
    const [, source = ""] = text.match(/source += "(.+)"/) ?? [];
    await cp(TERRAFORM_MODULE_FOLDER, join(root.folder, source), { recursive: true });
    succeed(await root.terraform("get"));
  };

  beforeAll(async () => {
    root = new Workspace(tools, "roles");
    await root.writeModule("role");
    await writeBefore();
    await root.apply();
    await writeExample();
    plan = await root.plan();
    planText = (await root.terraform("show", "plan")).output;
    await apply("plan");
  });

  test.each([
    ["a construct", "aws_iam_role.execution_76218383", /aws_iam_role\.orders_/],
    ["a construct's access policy", "aws_iam_policy.execution_access_DF7DA25C", /aws_iam_policy\.orders_/],
    ["a module", "module.execution_role.aws_iam_role.this", /module\.orders\.aws_iam_role\.this/],
    [
      "a key in a construct",
      "aws_iam_role_policy_attachment.reports_managed-logs_C6C62EC8",
      /reports_managed-write-logs/,
    ],
    ["a role written in Terraform", "aws_iam_role.by_hand", /module\.by_hand_role\.aws_iam_role\.this/],
    [
      "its attachment",
      "aws_iam_role_policy_attachment.by_hand",
      /module\.by_hand_role\.aws_iam_role_policy_attachment\.managed\["AmazonECSTaskExecutionRolePolicy"\]/,
    ],
    ["a key in a module", 'module.reports.aws_iam_role_policy_attachment.managed["logs"]', /module\.reports\./],
  ])("renames %s without any changes", (_, from, to) => {
    const [, moved = ""] =
      planText.match(new RegExp(`${from.replaceAll(/[.[\]]/g, "\\$&")}.* has moved to (\\S+)`)) ?? [];
    expect([from, moved]).toEqual([from, expect.stringMatching(to)]);
    expect(plan.changes.filter(({ address }) => to.test(address)).map(({ address }) => address)).toEqual([]);
  });

  test("plans no other change to the renamed roles, except for keep_orders_role", () => {
    const ofOrders = plan.changes.filter(({ address }) => /orders|reports|by_hand/.test(address));
    expect(ofOrders.map(({ address }) => address)).toEqual(["terraform_data.keep_orders_role"]);
  });

  test("switches from managed policies to access in two applies, with one of them attached at all times", async () => {
    await writeAccessOnly();
    await apply();
    expect(await attachedPolicies(tools.iam, BILLING)).toEqual([BILLING_ACCESS]);
    const moments = attachedAtEachMoment(calls, BILLING, FOUR_POLICIES);
    expect(moments).toHaveLength(1 + FOUR_POLICIES.length);
    const lacking = moments.filter(
      (attached) => !attached.has(BILLING_ACCESS) && !FOUR_POLICIES.every((policy) => attached.has(policy)),
    );
    expect(lacking).toEqual([]);
  });

  const writeAccessOnly = async () => {
    const file = join(root.folder, "cdk.tf.json");
    const stack = JSON.parse(readFileSync(file, "utf8"));
    const attachments = stack.resource.aws_iam_role_policy_attachment;
    for (const key of Object.keys(DEFAULT_MANAGED_POLICIES)) {
      delete attachments[Object.keys(attachments).find((id) => id.startsWith(`billing_managed-${key}_`)) ?? ""];
    }
    await root.write("cdk.tf.json", JSON.stringify(stack));
  };

  test("protects the roles: the construct's with prevent_destroy, the module's with a resource that has it", async () => {
    const protectedRoles = [/^aws_iam_role\.billing_/, /^module\.orders\.aws_iam_role\./];
    const addresses = (await root.resources()).filter((one) => protectedRoles.some((pattern) => pattern.test(one)));
    expect(addresses).toHaveLength(2);
    const { code, output } = await root.terraform("plan", "-input=false", ...addresses.map((one) => `-replace=${one}`));
    const refused = [
      ...output.matchAll(/\bresource\s+(?:instance\s+)?(\S+)\s+has\s+(?:lifecycle\.)?prevent_destroy/gi),
    ].map(([, one]) => one);
    expect([code, refused.sort()]).toEqual([1, [addresses[0], "terraform_data.keep_orders_role"]]);
  });

  test("lists the module's instances one by one, because a for expression over the module is a cycle", async () => {
    await root.expectNoChanges();
    const text = readFileSync(join(root.folder, "main.tf"), "utf8");
    const list = /\[module\.services\["api"\].*\]/;
    expect(text).toMatch(list);
    await root.write("main.tf", text.replace(list, "[for service in module.services : service.principal_arn]"));
    const { code, output } = await root.terraform("validate");
    expect([code, output]).toEqual([1, expect.stringContaining("Cycle")]);
  });
});

/** The policies attached to a role after each call that attached or detached one. */
function attachedAtEachMoment(calls: readonly QueryCall[], role: string, first: readonly string[]): Set<string>[] {
  const attached = new Set(first);
  return calls
    .filter(({ Action = "", RoleName }) => /^(At|De)tachRolePolicy$/.test(Action) && RoleName === role)
    .map(({ Action, PolicyArn = "" }) => {
      if (Action === "AttachRolePolicy") {
        attached.add(PolicyArn);
      } else {
        attached.delete(PolicyArn);
      }
      return new Set(attached);
    });
}
