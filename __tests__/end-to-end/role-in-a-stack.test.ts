import { CreateRoleCommand, DeleteRoleCommand, GetRoleCommand } from "@aws-sdk/client-iam";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Aspects, TerraformOutput, type TerraformStack } from "cdktf";
import { EcsTaskExecutionRole, type EcsTaskExecutionRoleProps } from "../../modules/ecs-task-execution-role";
import { attachedPolicies, ECS_TASKS_TRUST, roleNames } from "../support/account";
import { endToEnd, withOwnProvider } from "../support/end-to-end";
import { Workspace } from "../support/workspace";

endToEnd("EcsTaskExecutionRole in a stack", (parts) => {
  const pull = "AmazonEC2ContainerRegistryPullOnly";
  const logs = "CloudWatchLogsFullAccess";

  test("is one of several in two accounts, all with the tag and the boundary that an Aspect gives", async () => {
    const workspace = new Workspace(withOwnProvider(parts), "many");
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
    await workspace.destroy();
    expect(await roleNames(parts.iam)).toEqual([]);
  });

  test("loses one policy of its map by one destroy and nothing else", async () => {
    const workspace = new Workspace(parts, "remove-one");
    const withPolicies = (managedPolicies: EcsTaskExecutionRoleProps["managedPolicies"]) =>
      workspace.synthesize((stack) => {
        new EcsTaskExecutionRole(stack, "execution", { roleName: "remove-one", managedPolicies });
      });
    withPolicies({ pull, logs, secrets: "SecretsManagerReadWrite" });
    await workspace.apply();
    withPolicies({ secrets: "SecretsManagerReadWrite", pull });
    const { changes } = await workspace.plan();
    expect(changes.map(({ type, change }) => [type, change.actions])).toEqual([
      ["aws_iam_role_policy_attachment", ["delete"]],
    ]);
    await workspace.destroy();
  });

  describe("its roleArn", () => {
    const build = (stack: TerraformStack, managedPolicies: Record<string, string>) => {
      const execution = new EcsTaskExecutionRole(stack, "execution", { roleName: "ready", managedPolicies });
      new EcsTaskDefinition(stack, "task", {
        family: "ready",
        containerDefinitions: JSON.stringify([{ name: "app", image: "app", memory: 128 }]),
        executionRoleArn: execution.roleArn,
      });
      new TerraformOutput(stack, "role_arn", { value: execution.roleArn });
      new TerraformOutput(stack, "principal_arn", { value: execution.principalArn });
    };

    test("waits for every attachment, principalArn for none", async () => {
      const workspace = new Workspace(parts, "waiting");
      workspace.synthesize((stack) => build(stack, { pull, logs }));
      const edgesFrom = await workspace.dependencies();
      const attachment = expect.stringMatching(/^aws_iam_role_policy_attachment\.execution_managed-(pull|logs)_/);
      expect(edgesFrom("aws_ecs_task_definition.task")).toEqual(expect.arrayContaining([attachment, attachment]));
      expect(edgesFrom("output.role_arn")).toEqual(expect.arrayContaining([attachment, attachment]));
      expect(edgesFrom("output.principal_arn")).toEqual([expect.stringMatching(/^aws_iam_role\./)]);
    });

    test("stays known when an attachment comes later, so that the task definition is not touched", async () => {
      const workspace = new Workspace(parts, "later");
      workspace.synthesize((stack) => build(stack, { pull }));
      await workspace.apply();
      workspace.synthesize((stack) => build(stack, { logs, pull }));
      const { changes, json } = await workspace.plan();
      expect(changes.map(({ address, change }) => [address, change.actions])).toEqual([
        [expect.stringMatching(/^aws_iam_role_policy_attachment\.execution_managed-logs_/), ["create"]],
      ]);
      expect(json.planned_values.outputs?.role_arn?.value).toBe("arn:aws:iam::123456789012:role/ready");
      await workspace.apply();
      await workspace.destroy();
    });
  });

  test("catches a wrong policy path that Terraform only finds when the role is made already", async () => {
    const wrong = "AmazonECSTaskExecutionRolePolicy";
    const workspace = new Workspace(parts, "wrong-path");
    const withPolicy = (a: string) =>
      workspace.synthesize((stack) => {
        new EcsTaskExecutionRole(stack, "execution", { roleName: "wrong-path", managedPolicies: { a } });
      });

    expect(() => withPolicy(wrong)).toThrow('Fix: write "service-role/AmazonECSTaskExecutionRolePolicy"');
    expect(await roleNames(parts.iam)).toEqual([]);

    // The same mistake, hidden from us in an expression.
    withPolicy(`\${"arn:aws:iam::aws:policy/${wrong}"}`);
    expect((await workspace.plan()).changes).toHaveLength(2);
    const { code, output } = await workspace.terraform("apply", "-input=false", "-auto-approve");
    expect(code).toBe(1);
    expect(output).toContain("NoSuchEntity");
    expect(await roleNames(parts.iam)).toEqual(["wrong-path"]);
    await workspace.destroy();
  });

  test("does not take over or change a role of its name that is there already", async () => {
    const trust = JSON.stringify(ECS_TASKS_TRUST);
    await parts.iam.send(
      new CreateRoleCommand({ RoleName: "taken", AssumeRolePolicyDocument: trust, Description: "somebody's" }),
    );
    const before = (await parts.iam.send(new GetRoleCommand({ RoleName: "taken" }))).Role;
    const workspace = new Workspace(parts, "taken");
    workspace.synthesize((stack) => {
      new EcsTaskExecutionRole(stack, "execution", { roleName: "taken" });
    });
    const { code, output } = await workspace.terraform("apply", "-input=false", "-auto-approve");
    expect(code).toBe(1);
    expect(output).toContain("EntityAlreadyExists");
    expect((await parts.iam.send(new GetRoleCommand({ RoleName: "taken" }))).Role).toEqual(before);
    expect(await attachedPolicies(parts.iam, "taken")).toEqual([]);
    expect(await workspace.resources()).toEqual([]);
    await parts.iam.send(new DeleteRoleCommand({ RoleName: "taken" }));
  });
});
