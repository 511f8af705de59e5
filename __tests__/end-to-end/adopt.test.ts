import { cp } from "node:fs/promises";
import { join } from "node:path";
import { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import { PROJECT_ROOT } from "../../scripts/support/project";
import { TERRAFORM_MODULE_FOLDER } from "../../scripts/support/terraform-module-file";
import {
  attachedPolicies,
  FOUR_POLICIES,
  inlinePolicies,
  MEDDLED,
  makeConsoleRole,
  meddle,
  roleNames,
} from "../support/account";
import { endToEnd } from "../support/end-to-end";
import { synthesizeExample } from "../support/example-app";
import { RootModule } from "../support/root-module";
import { Workspace } from "../support/workspace";

const ROLE = "fcjEcsTaskExecutionRole";

endToEnd("a role made in the console", (parts) => {
  /** The folder in `examples/`, where the repository's layout is. */
  const plainTerraform = async () => {
    const copy = join(parts.folder, "repository");
    await cp(
      join(PROJECT_ROOT, "examples/adopt-existing-role/main.tf"),
      join(copy, "examples/adopt-existing-role/main.tf"),
    );
    await cp(TERRAFORM_MODULE_FOLDER, join(copy, "modules/ecs-task-execution-role/terraform"), { recursive: true });
    return new RootModule(parts, join(copy, "examples/adopt-existing-role"));
  };

  beforeAll(() => makeConsoleRole(parts.iam, ROLE));

  test.each([
    ["adopt()", async () => (await synthesizeExample(parts, "adopt-existing-role"))("adopt-existing-role")],
    ["import blocks", plainTerraform],
  ])("is taken over by %s: imports only, and nothing to change afterwards", async (_, make) => {
    const root = await make();
    const { output } = await root.terraform("plan", "-input=false");
    expect(output).toContain("Plan: 5 to import, 0 to add, 0 to change, 0 to destroy.");
    expect((await root.apply()).output).toContain("Apply complete! Resources: 5 imported, 0 added, 0 changed, 0 destr");
    const { output: planned } = await root.terraform("plan", "-input=false", "-detailed-exitcode");
    expect(planned).toContain("No changes.");
    expect(await attachedPolicies(parts.iam, ROLE)).toEqual(FOUR_POLICIES);
  });

  test("keeps the policies attached beyond ours, and the plan shows whatever else differs", async () => {
    await meddle(parts.iam, ROLE);
    const workspace = new Workspace(parts, "beyond");
    workspace.synthesize((stack) => {
      new EcsTaskExecutionRole(stack, "execution", { roleName: ROLE, description: "starts our tasks" }).adopt();
    });
    const { changes } = await workspace.plan();
    expect(changes.filter(({ change }) => !change.importing)).toEqual([]);
    expect(changes.filter(({ change }) => change.actions.join() !== "no-op")).toEqual([
      expect.objectContaining({ type: "aws_iam_role", change: expect.objectContaining({ actions: ["update"] }) }),
    ]);
    await workspace.apply();
    expect(await attachedPolicies(parts.iam, ROLE)).toEqual([...FOUR_POLICIES, MEDDLED.attached].sort());
    expect(await inlinePolicies(parts.iam, ROLE)).toEqual([MEDDLED.inline]);
  });

  test("shows with exclusive what will be taken from it before it is", async () => {
    const RoleName = "exclusive";
    await makeConsoleRole(parts.iam, RoleName);
    await meddle(parts.iam, RoleName);
    const workspace = new Workspace(parts, "exclusive");
    workspace.synthesize((stack) => {
      const description = "Allows ECS tasks to call AWS services on your behalf.";
      new EcsTaskExecutionRole(stack, "execution", { roleName: RoleName, description, exclusive: true }).adopt();
    });
    const { output } = await workspace.terraform("plan", "-input=false");
    expect(output).toContain("Plan: 7 to import, 0 to add, 2 to change, 0 to destroy.");
    expect(output).toMatch(/- "arn:aws:iam::aws:policy\/AmazonSSMReadOnlyAccess"/);
    expect(output).toMatch(/- "by-hand"/);
    await workspace.apply();
    expect(await attachedPolicies(parts.iam, RoleName)).toEqual(FOUR_POLICIES);
  });

  test("is refused without the harm done where there is none of that name", async () => {
    const workspace = new Workspace(parts, "nobody");
    workspace.synthesize((stack) => {
      new EcsTaskExecutionRole(stack, "execution", { roleName: "nobody" }).adopt();
    });
    const { code, output } = await workspace.terraform("apply", "-input=false", "-auto-approve");
    expect(code).toBe(1);
    expect(output).toContain("Cannot import non-existent remote object");
    expect(await roleNames(parts.iam)).not.toContain("nobody");
  });
});
