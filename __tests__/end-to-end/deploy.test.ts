import { attachedPolicies, ECS_TASKS_TRUST, FOUR_POLICIES, trustOf } from "../support/account";
import { endToEnd } from "../support/end-to-end";
import { RootModule } from "../support/root-module";
import { synthesizeProject } from "../support/synthesize-project";

const ROLE = "fcjEcsTaskExecutionRole";

// The demo runs `cdktf deploy` and `cdktf destroy`, so its tests cover them.
endToEnd("main.ts", (parts) => {
  test("is synthesized by npm run synth, which lists its output, and can be applied by Terraform", async () => {
    const { output, folder } = await synthesizeProject(parts, "by-npm", "npm", "run", "--silent", "synth");
    expect(output).toBe(
      [
        "Synthesized ecs-task-execution-role: cdktf.out/stacks/ecs-task-execution-role/cdk.tf.json",
        "  1 aws_iam_role, 4 aws_iam_role_policy_attachment, 1 data.aws_iam_policy_document, 1 data.aws_partition, 3 outputs",
        "Next: npm run deploy, or: cd cdktf.out/stacks/ecs-task-execution-role && terraform init && terraform apply",
        "",
      ].join("\n"),
    );
    const root = new RootModule(parts, folder);
    await root.apply();
    expect(await attachedPolicies(parts.iam, ROLE)).toEqual(FOUR_POLICIES);
    expect(await trustOf(parts.iam, ROLE)).toEqual(ECS_TASKS_TRUST);
    const { role_arn, role_name, policy_arns } = await root.outputs();
    expect({ role_arn, role_name }).toEqual({ role_arn: `arn:aws:iam::123456789012:role/${ROLE}`, role_name: ROLE });
    expect(Object.values(policy_arns as object).sort()).toEqual(FOUR_POLICIES);
  });
});
