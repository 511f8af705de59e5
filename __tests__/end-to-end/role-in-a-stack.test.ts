import { CreateRoleCommand, GetRoleCommand, type Role } from "@aws-sdk/client-iam";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Aspects, TerraformOutput, type TerraformStack } from "cdktf";
import { EcsTaskExecutionRole, type EcsTaskExecutionRoleProps } from "../../modules/ecs-task-execution-role";
import type { Finished } from "../../scripts/parts/child-process";
import { attachedPolicies, ECS_TASKS_TRUST, roleNames } from "../support/account";
import { endToEnd } from "../support/end-to-end";
import type { Plan } from "../support/root-module";
import { Workspace } from "../support/workspace";

endToEnd("EcsTaskExecutionRole in a stack", (parts) => {
  const pull = "AmazonEC2ContainerRegistryPullOnly";
  const logs = "CloudWatchLogsFullAccess";
  const secrets = "SecretsManagerReadWrite";

  test("can create several roles in two accounts, with a tag and a boundary that an Aspect sets", async () => {
    const workspace = new Workspace(parts, "many");
    const tags = { team: "orders" };
    const permissionsBoundary = "arn:aws:iam::aws:policy/PowerUserAccess";
    workspace.synthesize((stack) => {
      const provider = new AwsProvider(stack, "second", {
        alias: "second",
        region: "us-east-1",
        assumeRole: [{ roleArn: "arn:aws:iam::444455556666:role/deployer" }],
      });
      const access = { guardDutyAgent: true };
      new EcsTaskExecutionRole(stack, "broad", { roleName: "many-broad" });
      new EcsTaskExecutionRole(stack, "narrow", { roleName: "many-narrow", access, tags: { own: "stays" } });
      new EcsTaskExecutionRole(stack, "far", { roleName: "many-far", access, exclusive: true, provider });
      Aspects.of(stack).add({
        visit(node) {
          if (node instanceof IamRole || node instanceof IamPolicy) {
            node.tags = { ...node.tagsInput, ...tags };
          }
          if (node instanceof IamRole) {
            node.permissionsBoundary = permissionsBoundary;
          }
        },
      });
    });
    await workspace.apply();
    const { changes, json } = await workspace.plan();
    expect(changes).toEqual([]);
    const resources = json.planned_values.root_module.resources ?? [];
    const all = (wanted: string, ...names: string[]) =>
      resources.filter(({ type }) => type === wanted).map(({ values }) => names.map((name) => values[name]));
    expect(all("aws_iam_role", "arn", "tags", "permissions_boundary").sort()).toEqual([
      ["arn:aws:iam::123456789012:role/many-broad", tags, permissionsBoundary],
      ["arn:aws:iam::123456789012:role/many-narrow", { own: "stays", ...tags }, permissionsBoundary],
      ["arn:aws:iam::444455556666:role/many-far", tags, permissionsBoundary],
    ]);
    expect(all("aws_iam_policy", "arn", "tags").sort()).toEqual([
      ["arn:aws:iam::123456789012:policy/many-narrow-access", { own: "stays", ...tags }],
      ["arn:aws:iam::444455556666:policy/many-far-access", tags],
    ]);
  });

  describe("when managedPolicies changes", () => {
    let workspace: Workspace;
    const synthesize = (policies: Record<"lost" | "ready", EcsTaskExecutionRoleProps["managedPolicies"]>) =>
      workspace.synthesize((stack) => {
        new EcsTaskExecutionRole(stack, "lost", { roleName: "loses-one", managedPolicies: policies.lost });
        const execution = new EcsTaskExecutionRole(stack, "ready", {
          roleName: "ready",
          managedPolicies: policies.ready,
        });
        new EcsTaskDefinition(stack, "task", {
          family: "ready",
          containerDefinitions: JSON.stringify([{ name: "app", image: "app", memory: 128 }]),
          executionRoleArn: execution.roleArn,
        });
        new TerraformOutput(stack, "role_arn", { value: execution.roleArn });
        new TerraformOutput(stack, "principal_arn", { value: execution.principalArn });
      });
    let edgesFrom: (address: string) => string[];
    let plan: Plan;
    beforeAll(async () => {
      workspace = new Workspace(parts, "changes");
      synthesize({ lost: { pull, logs, secrets }, ready: { pull } });
      await workspace.apply();
      synthesize({ lost: { secrets, pull }, ready: { logs, pull } });
      edgesFrom = await workspace.dependencies();
      plan = await workspace.plan();
    });

    const changesOf = (id: string) =>
      plan.changes
        .filter(({ address }) => address.includes(`.${id}_`))
        .map(({ address, change }) => [address, change.actions]);

    test("deletes only the attachment of a removed policy", () => {
      expect(changesOf("lost")).toEqual([
        [expect.stringMatching(/^aws_iam_role_policy_attachment\.lost_managed-logs_/), ["delete"]],
      ]);
    });

    test("keeps roleArn known when a policy is added, so that the task definition does not change", () => {
      expect(changesOf("ready")).toEqual([
        [expect.stringMatching(/^aws_iam_role_policy_attachment\.ready_managed-logs_/), ["create"]],
      ]);
      expect(plan.changes).toHaveLength(2);
      expect(plan.json.planned_values.outputs?.role_arn?.value).toBe("arn:aws:iam::123456789012:role/ready");
    });

    test("makes roleArn depend on every attachment, and principalArn on none", () => {
      const attachments = ["pull", "logs"].map((key) =>
        expect.stringMatching(new RegExp(`^aws_iam_role_policy_attachment\\.ready_managed-${key}_`)),
      );
      expect(edgesFrom("aws_ecs_task_definition.task")).toEqual(expect.arrayContaining(attachments));
      expect(edgesFrom("output.role_arn")).toEqual(expect.arrayContaining(attachments));
      expect(edgesFrom("output.principal_arn")).toEqual([expect.stringMatching(/^aws_iam_role\./)]);
    });
  });

  describe("when AWS rejects a role", () => {
    const wrong = "AmazonECSTaskExecutionRolePolicy";
    let before: Role | undefined;
    let planned: Plan["changes"];
    let applied: Finished;
    let workspace: Workspace;
    const roleTaken = async () => (await parts.iam.send(new GetRoleCommand({ RoleName: "taken" }))).Role;
    const addRoles = (stack: TerraformStack, policy: string) => {
      new EcsTaskExecutionRole(stack, "wrong", { roleName: "wrong-path", managedPolicies: { policy } });
      new EcsTaskExecutionRole(stack, "taken", { roleName: "taken" });
    };
    beforeAll(async () => {
      workspace = new Workspace(parts, "refused");
      const AssumeRolePolicyDocument = JSON.stringify(ECS_TASKS_TRUST);
      await parts.iam.send(
        new CreateRoleCommand({ RoleName: "taken", AssumeRolePolicyDocument, Description: "somebody's" }),
      );
      before = await roleTaken();
      // The expression hides the wrong path from our own check.
      workspace.synthesize((stack) => addRoles(stack, `\${"arn:aws:iam::aws:policy/${wrong}"}`));
      planned = (await workspace.plan()).changes;
      applied = await workspace.terraform("apply", "-input=false", "plan");
    });

    test("throws for a wrong policy path, which Terraform reports only after it has created the role", async () => {
      expect(() => workspace.synthesize((stack) => addRoles(stack, wrong))).toThrow(
        'Fix: write "service-role/AmazonECSTaskExecutionRolePolicy"',
      );
      expect(planned.filter(({ address }) => address.includes(".wrong_"))).toHaveLength(2);
      expect(applied.code).toBe(1);
      expect(applied.output).toContain("NoSuchEntity");
      expect(await roleNames(parts.iam)).toContain("wrong-path");
    });

    test("does not import or change an existing role with the same name", async () => {
      expect(applied.code).toBe(1);
      expect(applied.output).toContain("EntityAlreadyExists");
      expect(await roleTaken()).toEqual(before);
      expect(await attachedPolicies(parts.iam, "taken")).toEqual([]);
      expect((await workspace.resources()).filter((address) => address.includes(".taken_"))).toEqual([]);
    });
  });
});
