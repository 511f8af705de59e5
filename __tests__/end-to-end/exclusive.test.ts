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

endToEnd("policies that were added outside Terraform", (parts) => {
  const accessPolicy = (roleName: string) => `arn:aws:iam::123456789012:policy/${roleName}-access`;
  let workspace: Workspace;
  let plan: Plan;

  /** Writes roles of the construct and of the module into one root module. Their addresses contain their names. */
  const write = async (roles: Readonly<Record<string, EcsTaskExecutionRoleProps>>) => {
    const of = (language: string) =>
      Object.entries(roles)
        .filter(([roleName]) => roleName.startsWith(language))
        .map(([roleName, props]) => [roleName, { roleName, ...props }] as const);
    workspace.synthesize((stack) => {
      for (const [roleName, { access, ...props }] of of("construct")) {
        const execution = new EcsTaskExecutionRole(stack, roleName, props);
        if (access) {
          execution.grant(access);
        }
      }
    });
    await workspace.write("modules.tf.json", moduleCalls(of("module")));
  };

  const changesOf = (roleName: string) =>
    plan.changes
      .filter(({ address }) => address.includes(roleName))
      .map(({ type, change }) => [type, change.actions.join()])
      .sort();

  /** Detaches one policy of a role without `exclusive`, and widens its trust policy and its access policy. */
  const damage = async (RoleName: string) => {
    const document = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await parts.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: PULL }));
    await parts.iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName,
        PolicyDocument: document({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "*" } }),
      }),
    );
    await parts.iam.send(
      new CreatePolicyVersionCommand({
        PolicyArn: accessPolicy(RoleName),
        PolicyDocument: document({ Effect: "Allow", Action: "*", Resource: "*" }),
        SetAsDefault: true,
      }),
    );
  };

  // Terraform commands take most of the time, so one apply creates all roles, and one plan and apply change them all.
  beforeAll(async () => {
    workspace = new Workspace(parts, "roles");
    await rootWithModule(parts, workspace.folder);
    const both = { pull: PULL, logs: LOGS };
    const roles = {
      "construct-meddled": { exclusive: true, managedPolicies: both },
      "construct-changed": { exclusive: true, managedPolicies: both },
      "construct-open": { exclusive: false, managedPolicies: both, access: { guardDutyAgent: true } },
      "module-meddled": { exclusive: true, managedPolicies: both },
      "module-changed": { exclusive: true, managedPolicies: both },
    };
    await write(roles);
    await workspace.apply();

    await meddle(parts.iam, "construct-meddled");
    await meddle(parts.iam, "module-meddled");
    await meddle(parts.iam, "construct-open");
    await damage("construct-open");
    const changed = { exclusive: true, managedPolicies: { pull: PULL }, access: { guardDutyAgent: true } };
    await write({ ...roles, "construct-changed": changed, "module-changed": changed });
    plan = await workspace.plan();
    await workspace.apply("plan");
  });

  test.each(LANGUAGES)("are all that the next plan removes with exclusive: %s", (language) => {
    const changes = plan.changes.filter(({ address }) => address.includes(`${language}-meddled`));
    const values = (state: object | undefined) => Object.values(state ?? {}).find(Array.isArray);
    // The values before the change also show that the plan was empty before the policies were added.
    expect(
      changes.map(({ type, change }) => [type, change.actions, values(change.before), values(change.after)]),
    ).toEqual([
      ["aws_iam_role_policies_exclusive", ["update"], [MEDDLED.inline], []],
      ["aws_iam_role_policy_attachments_exclusive", ["update"], [PULL, MEDDLED.attached, LOGS].sort(), [PULL, LOGS]],
    ]);
  });

  test.each(LANGUAGES)("are removed by the next apply with exclusive: %s", async (language) => {
    expect(await attachedPolicies(parts.iam, `${language}-meddled`)).toEqual([PULL, LOGS]);
    expect(await inlinePolicies(parts.iam, `${language}-meddled`)).toEqual([]);
  });

  test.each(LANGUAGES)("do not prevent changes to the role's own policies with exclusive: %s", async (language) => {
    const name = `${language}-changed`;
    expect(changesOf(name)).toEqual([
      ["aws_iam_policy", "create"],
      ["aws_iam_role_policy_attachment", "create"],
      ["aws_iam_role_policy_attachment", "delete"],
      ["aws_iam_role_policy_attachments_exclusive", "update"],
    ]);
    expect(await attachedPolicies(parts.iam, name)).toEqual([accessPolicy(name), PULL].sort());
  });

  test("are not in the plan without exclusive, unlike drift in the role's own policies", () => {
    expect(changesOf("construct-open")).toEqual([
      ["aws_iam_policy", "update"],
      ["aws_iam_role", "update"],
      ["aws_iam_role_policy_attachment", "create"],
    ]);
  });

  test("are kept without exclusive, while drift in the role's own policies is corrected", async () => {
    const name = "construct-open";
    expect(await trustOf(parts.iam, name)).toEqual(ECS_TASKS_TRUST);
    expect(await attachedPolicies(parts.iam, name)).toEqual([accessPolicy(name), MEDDLED.attached, PULL, LOGS].sort());
    expect(await inlinePolicies(parts.iam, name)).toEqual([MEDDLED.inline]);
  });

  test("do not cause changes after that apply, with or without exclusive", () => workspace.expectNoChanges());

  test("do not prevent the roles from being destroyed", async () => {
    await workspace.destroy();
    expect(await roleNames(parts.iam)).toEqual([]);
    expect(await ownPolicies(parts.iam)).toEqual([]);
  });
});
