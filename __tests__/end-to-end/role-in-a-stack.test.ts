import { CreateRoleCommand, DeleteRoleCommand, GetRoleCommand } from "@aws-sdk/client-iam";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, type TerraformStack } from "cdktf";
import { EcsTaskExecutionRole, type EcsTaskExecutionRoleProps } from "../../modules/ecs-task-execution-role";
import { attachedPolicies, ECS_TASKS_TRUST, FOUR_POLICIES, roleNames } from "../support/account";
import { endToEnd } from "../support/end-to-end";
import { Workspace } from "../support/workspace";

endToEnd("EcsTaskExecutionRole in a stack", (parts) => {
  const pull = "AmazonEC2ContainerRegistryPullOnly";
  const logs = "CloudWatchLogsFullAccess";

  test("stands beside another with other policies", async () => {
    const workspace = new Workspace(parts, "two-roles");
    workspace.synthesize((stack) => {
      new EcsTaskExecutionRole(stack, "broad", { roleName: "two-broad" });
      new EcsTaskExecutionRole(stack, "narrow", { roleName: "two-narrow", managedPolicies: { pull } });
    });
    await workspace.apply();
    expect(await attachedPolicies(parts.iam, "two-broad")).toEqual(FOUR_POLICIES);
    expect(await attachedPolicies(parts.iam, "two-narrow")).toEqual([`arn:aws:iam::aws:policy/${pull}`]);
    expect((await workspace.plan()).changes).toEqual([]);
    await workspace.destroy();
    expect(await roleNames(parts.iam)).toEqual([]);
  });

  test("is made in the account of the provider it is passed", async () => {
    const workspace = new Workspace(parts, "second-account");
    workspace.synthesize((stack) => {
      const provider = new AwsProvider(stack, "second", {
        alias: "second",
        region: "us-east-1",
        assumeRole: [{ roleArn: "arn:aws:iam::444455556666:role/deployer" }],
      });
      const { roleArn } = new EcsTaskExecutionRole(stack, "execution", { roleName: "second", provider });
      new TerraformOutput(stack, "role_arn", { value: roleArn });
    });
    await workspace.apply();
    expect(await workspace.outputs()).toEqual({ role_arn: "arn:aws:iam::444455556666:role/second" });
    expect(await roleNames(parts.iam)).toEqual([]);
    await workspace.destroy();
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
      const { stdout: graph } = await workspace.terraform("graph", "-type=plan");
      const edgesFrom = (node: string) =>
        [...graph.matchAll(/"\[root\] ([^" ]+)[^"]*" -> "\[root\] ([^" ]+)/g)]
          .filter(([, from]) => from === node)
          .map(([, , to]) => to);
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
