import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { run, succeed } from "../../scripts/parts/child-process";
import { attachedPolicies, ECS_TASKS_TRUST, FOUR_POLICIES, trustOf } from "../support/account";
import { endToEnd } from "../support/end-to-end";
import { RootModule } from "../support/root-module";
import { makeScratchProject } from "../support/scratch-project";

const ROLE = "fcjEcsTaskExecutionRole";
const STACK = "ecs-task-execution-role";

// The demo runs `cdktf deploy` and `cdktf destroy`, so its tests cover them.
endToEnd("main.ts", (parts) => {
  const synthesize = async (name: string, command: string, ...args: string[]) => {
    const project = await makeScratchProject(join(parts.folder, name));
    const { output } = succeed(await run(command, args, { cwd: project, env: { ...parts.environment, CI: "true" } }));
    const folder = join(project, "cdktf.out", "stacks", STACK);
    return { output, folder, json: await readFile(join(folder, "cdk.tf.json"), "utf8") };
  };

  let byNpm: Awaited<ReturnType<typeof synthesize>>;
  beforeAll(async () => {
    byNpm = await synthesize("by-npm", "npm", "run", "--silent", "synth");
  });

  test("is synthesized by npm run synth, which lists its output, and can be applied by Terraform", async () => {
    const { output, folder } = byNpm;
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

  test("is synthesized to the same JSON by npx cdktf synth, except for the path of its state", async () => {
    const byCdktf = await synthesize("by-cdktf", "npx", "--no-install", "cdktf", "synth");
    const anywhere = (json: string) => json.replaceAll(/by-(npm|cdktf)/g, "project");
    expect(anywhere(byCdktf.json)).toBe(anywhere(byNpm.json));
  });
});
