import { CreateRoleCommand, GetRoleCommand } from "@aws-sdk/client-iam";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Aspects, type TerraformStack } from "cdktf";
import { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import { attachedPolicies, ECS_TASKS_TRUST, roleNames } from "../support/account";
import { endToEnd, withOwnProvider } from "../support/end-to-end";
import { Workspace } from "../support/workspace";

endToEnd("EcsTaskExecutionRole in a stack", (tools) => {
  test("and the module create roles in two accounts, with a tag and a boundary that an Aspect sets", async () => {
    const workspace = new Workspace(withOwnProvider(tools), "many");
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
    const far = { source: "./role", role_name: "module-far", providers: { aws: "aws.second" } };
    await workspace.writeModule("role");
    await workspace.write("module.tf.json", JSON.stringify({ module: { far } }));
    await workspace.apply();
    const { changes, json } = await workspace.plan();
    expect(changes).toEqual([]);
    const { resources = [], child_modules = [] } = json.planned_values.root_module;
    expect(child_modules[0]?.resources).toContainEqual(
      expect.objectContaining({
        values: expect.objectContaining({ arn: "arn:aws:iam::444455556666:role/module-far" }),
      }),
    );
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

  test("is not created if AWS rejects it, and nothing of an existing role with its name changes", async () => {
    const policy = "AmazonECSTaskExecutionRolePolicy";
    const workspace = new Workspace(tools, "refused");
    const addRoles = (stack: TerraformStack, managedPolicies: Record<string, string>) => {
      new EcsTaskExecutionRole(stack, "wrong", { roleName: "wrong-path", managedPolicies });
      new EcsTaskExecutionRole(stack, "taken", { roleName: "taken" });
    };
    const taken = async () => (await tools.iam.send(new GetRoleCommand({ RoleName: "taken" }))).Role;
    const AssumeRolePolicyDocument = JSON.stringify(ECS_TASKS_TRUST);
    const Description = "somebody's";
    await tools.iam.send(new CreateRoleCommand({ RoleName: "taken", AssumeRolePolicyDocument, Description }));
    const before = await taken();
    expect(() => workspace.synthesize((stack) => addRoles(stack, { policy }))).toThrow(
      'Fix: write "service-role/AmazonECSTaskExecutionRolePolicy"',
    );
    // The expression hides the wrong path from our own check.
    workspace.synthesize((stack) => addRoles(stack, { policy: `\${"arn:aws:iam::aws:policy/${policy}"}` }));
    const { code, output } = await workspace.terraform("apply", "-input=false", "-auto-approve");
    expect(code).toBe(1);
    // Terraform reports the wrong path only after it has created the role.
    expect(output).toContain("NoSuchEntity");
    expect(await roleNames(tools.iam)).toContain("wrong-path");
    expect(output).toContain("EntityAlreadyExists");
    expect(await taken()).toEqual(before);
    expect(await attachedPolicies(tools.iam, "taken")).toEqual([]);
    expect((await workspace.resources()).filter((address) => address.includes(".taken_"))).toEqual([]);
  });
});
