import {
  CreatePolicyVersionCommand,
  DetachRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { EcsTaskExecutionRole, type EcsTaskExecutionRoleProps } from "../../modules/ecs-task-execution-role";
import {
  attachedPolicies,
  ECS_TASKS_TRUST,
  inlinePolicies,
  MEDDLED,
  meddle,
  ownPolicies,
  roleNames,
  trustOf,
} from "../support/account";
import { moduleCalls } from "../support/as-variables";
import { endToEnd } from "../support/end-to-end";
import { type Plan, rootWithModule } from "../support/root-module";
import { Workspace } from "../support/workspace";

const PULL = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly";
const LOGS = "arn:aws:iam::aws:policy/CloudWatchLogsFullAccess";
const LANGUAGES = ["construct", "module"] as const;

endToEnd("policies that were added outside Terraform", (tools) => {
  const accessPolicy = (roleName: string) => `arn:aws:iam::123456789012:policy/${roleName}-access`;
  let workspace: Workspace;
  let plan: Plan;

  /** Detaches one policy of a role without `exclusive`, and widens its trust policy and its access policy. */
  const damage = async (RoleName: string) => {
    const document = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await tools.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: PULL }));
    await tools.iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName,
        PolicyDocument: document({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "*" } }),
      }),
    );
    await tools.iam.send(
      new CreatePolicyVersionCommand({
        PolicyArn: accessPolicy(RoleName),
        PolicyDocument: document({ Effect: "Allow", Action: "*", Resource: "*" }),
        SetAsDefault: true,
      }),
    );
  };

  // Terraform commands take most of the time, so one apply creates all roles, and one plan and apply corrects them all.
  beforeAll(async () => {
    workspace = new Workspace(tools, "roles");
    await rootWithModule(tools, workspace.folder);
    const exclusive = { exclusive: true, managedPolicies: { pull: PULL, logs: LOGS } };
    workspace.synthesize((stack) => {
      const roleOf = (roleName: string, props: EcsTaskExecutionRoleProps) =>
        new EcsTaskExecutionRole(stack, roleName, { roleName, ...props });
      roleOf("construct-meddled", exclusive);
      roleOf("construct-open", { ...exclusive, exclusive: false }).grant({ guardDutyAgent: true });
    });
    const ofModule = ["module-meddled", { roleName: "module-meddled", ...exclusive }] as const;
    await workspace.write("modules.tf.json", moduleCalls([ofModule]));
    await workspace.apply();

    await meddle(tools.iam, "construct-meddled");
    await meddle(tools.iam, "module-meddled");
    await meddle(tools.iam, "construct-open");
    await damage("construct-open");
    plan = await workspace.plan();
    await workspace.apply("plan");
  });

  test.each(LANGUAGES)("are all that the next apply removes with exclusive: %s", async (language) => {
    const changes = plan.changes.filter(({ address }) => address.includes(`${language}-meddled`));
    const values = (state: object | undefined) => Object.values(state ?? {}).find(Array.isArray);
    // The values before the change also show that the plan was empty before the policies were added.
    expect(
      changes.map(({ type, change }) => [type, change.actions, values(change.before), values(change.after)]),
    ).toEqual([
      ["aws_iam_role_policies_exclusive", ["update"], [MEDDLED.inline], []],
      ["aws_iam_role_policy_attachments_exclusive", ["update"], [PULL, MEDDLED.attached, LOGS].sort(), [PULL, LOGS]],
    ]);
    expect(await attachedPolicies(tools.iam, `${language}-meddled`)).toEqual([PULL, LOGS]);
    expect(await inlinePolicies(tools.iam, `${language}-meddled`)).toEqual([]);
  });

  test("are kept without exclusive, while drift in the role's own policies is corrected", async () => {
    const name = "construct-open";
    const changes = plan.changes.filter(({ address }) => address.includes(name));
    expect(changes.map(({ type, change }) => [type, change.actions.join()]).sort()).toEqual([
      ["aws_iam_policy", "update"],
      ["aws_iam_role", "update"],
      ["aws_iam_role_policy_attachment", "create"],
    ]);
    expect(await trustOf(tools.iam, name)).toEqual(ECS_TASKS_TRUST);
    expect(await attachedPolicies(tools.iam, name)).toEqual([accessPolicy(name), MEDDLED.attached, PULL, LOGS].sort());
    expect(await inlinePolicies(tools.iam, name)).toEqual([MEDDLED.inline]);
  });

  test("do not cause changes after that apply, with or without exclusive", () => workspace.expectNoChanges());

  test("do not prevent the roles from being destroyed", async () => {
    await workspace.destroy();
    expect(await roleNames(tools.iam)).toEqual([]);
    expect(await ownPolicies(tools.iam)).toEqual([]);
  });
});
