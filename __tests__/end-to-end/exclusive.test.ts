import { join } from "node:path";
import {
  CreatePolicyVersionCommand,
  DetachRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import { attachedPolicies, ECS_TASKS_TRUST, inlinePolicies, MEDDLED, meddle, trustOf } from "../support/account";
import { endToEnd } from "../support/end-to-end";
import { type RootModule, rootWithModule } from "../support/root-module";
import { Workspace } from "../support/workspace";

const PULL = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly";
const LOGS = "arn:aws:iam::aws:policy/CloudWatchLogsFullAccess";

/** What a role of ours is given here. */
interface Given {
  readonly exclusive: boolean;
  readonly managedPolicies: Readonly<Record<string, string>>;
  readonly guardDutyAgent?: boolean;
}

endToEnd("policies that other hands put on a role", (parts) => {
  const construct = async (name: string) => {
    const workspace = new Workspace(parts, name);
    const write = async ({ exclusive, managedPolicies, guardDutyAgent }: Given) =>
      workspace.synthesize((stack) => {
        const execution = new EcsTaskExecutionRole(stack, "execution", { roleName: name, exclusive, managedPolicies });
        if (guardDutyAgent) {
          execution.grant({ guardDutyAgent });
        }
      });
    return { root: workspace as RootModule, write };
  };

  const module = async (name: string) => {
    const root = await rootWithModule(parts, join(parts.folder, name));
    const write = ({ exclusive, managedPolicies, guardDutyAgent }: Given) =>
      root.write(
        "main.tf.json",
        JSON.stringify({
          module: {
            role: {
              source: "./role",
              role_name: name,
              exclusive,
              managed_policies: managedPolicies,
              ...(guardDutyAgent && { access: { guard_duty_agent: true } }),
            },
          },
        }),
      );
    return { root, write };
  };

  test.each([
    ["construct", construct],
    ["module", module],
  ])("are removed at the next apply by exclusive, and ours come and go: %s", async (name, make) => {
    const { root, write } = await make(name);
    const access = `arn:aws:iam::123456789012:policy/${name}-access`;
    await write({ exclusive: true, managedPolicies: { pull: PULL, logs: LOGS } });
    await root.apply();
    await root.expectNoChanges();

    await meddle(parts.iam, name);
    expect((await root.plan()).changes.map(({ type, change }) => [type, change.actions])).toEqual([
      ["aws_iam_role_policies_exclusive", ["update"]],
      ["aws_iam_role_policy_attachments_exclusive", ["update"]],
    ]);
    await root.apply();
    expect(await attachedPolicies(parts.iam, name)).toEqual([PULL, LOGS]);
    expect(await inlinePolicies(parts.iam, name)).toEqual([]);
    await root.expectNoChanges();

    await write({ exclusive: true, managedPolicies: { pull: PULL }, guardDutyAgent: true });
    await root.apply();
    expect(await attachedPolicies(parts.iam, name)).toEqual([access, PULL].sort());
    await root.expectNoChanges();
    await root.destroy();
  });

  test("stay without it, where the plan still sees a policy of ours that is gone", async () => {
    const { root, write } = await construct("drift");
    const access = "arn:aws:iam::123456789012:policy/drift-access";
    await write({ exclusive: false, managedPolicies: { pull: PULL, logs: LOGS }, guardDutyAgent: true });
    await root.apply();
    await meddle(parts.iam, "drift");
    await root.expectNoChanges();
    await parts.iam.send(new DetachRolePolicyCommand({ RoleName: "drift", PolicyArn: PULL }));
    expect((await root.plan()).changes.map(({ type, change }) => [type, change.actions])).toEqual([
      ["aws_iam_role_policy_attachment", ["create"]],
    ]);
    const document = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await parts.iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: "drift",
        PolicyDocument: document({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "*" } }),
      }),
    );
    await parts.iam.send(
      new CreatePolicyVersionCommand({
        PolicyArn: access,
        PolicyDocument: document({ Effect: "Allow", Action: "*", Resource: "*" }),
        SetAsDefault: true,
      }),
    );
    expect((await root.plan()).changes.map(({ type, change }) => [type, change.actions])).toEqual([
      ["aws_iam_policy", ["update"]],
      ["aws_iam_role", ["update"]],
      ["aws_iam_role_policy_attachment", ["create"]],
    ]);
    await root.apply();
    expect(await trustOf(parts.iam, "drift")).toEqual(ECS_TASKS_TRUST);
    expect(await attachedPolicies(parts.iam, "drift")).toEqual([access, MEDDLED.attached, PULL, LOGS].sort());
    expect(await inlinePolicies(parts.iam, "drift")).toEqual(["by-hand"]);
  });
});
