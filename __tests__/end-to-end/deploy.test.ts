import { join } from "node:path";
import { makeCdktfProject } from "../../scripts/support/cdktf-project";
import { run, succeed } from "../../scripts/support/child-process";
import { MAIN_TS } from "../../scripts/support/project";
import { attachedPolicies, ECS_TASKS_TRUST, FOUR_POLICIES, roleNames, trustOf } from "../support/account";
import { endToEnd } from "../support/end-to-end";
import { makeScratchProject } from "../support/scratch-project";

const ROLE = "fcjEcsTaskExecutionRole";
const STACK = "ecs-task-execution-role";

endToEnd("main.ts", (parts) => {
  const terraformIn = (folder: string) => (args: string) =>
    run(parts.terraform.command, args.split(" "), { cwd: folder, env: parts.environment });

  const expectTheWorkshopsRole = async () => {
    expect(await attachedPolicies(parts.iam, ROLE)).toEqual(FOUR_POLICIES);
    expect(await trustOf(parts.iam, ROLE)).toEqual(ECS_TASKS_TRUST);
  };

  test("becomes a role with exactly the four policies by cdktf deploy, and goes by cdktf destroy", async () => {
    const project = await makeCdktfProject(join(parts.folder, "deploy"), MAIN_TS, parts.environment);
    succeed(await project.cdktf("deploy", "--auto-approve", "--skip-provider-lock"));
    await expectTheWorkshopsRole();

    const secondPlan = await terraformIn(project.stackFolder(STACK))("plan -input=false -detailed-exitcode");
    expect(secondPlan.code).toBe(0);

    succeed(await project.cdktf("destroy", "--auto-approve", "--skip-provider-lock"));
    expect(await roleNames(parts.iam)).toEqual([]);
  });

  test.each([
    ["npm run synth", "npm", ["run", "--silent", "synth"]],
    ["npx cdktf synth", "npx", ["--no-install", "cdktf", "synth"]],
  ])("becomes the same role by %s and terraform by hand in the output folder", async (_, command, args) => {
    const project = await makeScratchProject(join(parts.folder, command));
    succeed(await run(command, args, { cwd: project, env: { ...parts.environment, CI: "true" } }));

    const terraform = terraformIn(join(project, "cdktf.out", "stacks", STACK));
    succeed(await terraform("init -input=false"));
    expect(succeed(await terraform("validate -no-color")).output).toContain("Success!");
    succeed(await terraform("apply -input=false -auto-approve"));
    await expectTheWorkshopsRole();

    const outputs = JSON.parse(succeed(await terraform("output -json")).stdout);
    expect(outputs.role_arn.value).toBe(`arn:aws:iam::123456789012:role/${ROLE}`);
    expect(outputs.role_name.value).toBe(ROLE);
    expect(Object.values(outputs.policy_arns.value).sort()).toEqual(FOUR_POLICIES);

    succeed(await terraform("destroy -input=false -auto-approve"));
    expect(await roleNames(parts.iam)).toEqual([]);
  });

  test("says what npm run synth wrote and what comes next", async () => {
    const project = await makeScratchProject(join(parts.folder, "synth-output"));
    const { output } = succeed(
      await run("npm", ["run", "--silent", "synth"], { cwd: project, env: parts.environment }),
    );
    expect(output).toBe(
      [
        "Synthesized ecs-task-execution-role: cdktf.out/stacks/ecs-task-execution-role/cdk.tf.json",
        "  1 aws_iam_role, 4 aws_iam_role_policy_attachment, 1 data.aws_iam_policy_document, 1 data.aws_partition, 3 outputs",
        "Next: npm run deploy, or: cd cdktf.out/stacks/ecs-task-execution-role && terraform init && terraform apply",
        "",
      ].join("\n"),
    );
  });
});
