import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import { TERRAFORM_MODULE_FOLDER } from "../../scripts/package/terraform-module";
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
import type { ResourceChange, RootModule } from "../support/root-module";
import { synthesize } from "../support/synthesize";
import { Workspace } from "../support/workspace";

const ROLE = "fcjEcsTaskExecutionRole";
const BY_MODULE = "byImportBlocks";
const EXAMPLE = "adopt-existing-role";

endToEnd("a role that was created in the console", (tools) => {
  let root: RootModule;
  let changes: readonly ResourceChange[];

  /** Adds the example in plain Terraform to the one in TypeScript, for a role with another name. */
  const addPlainTerraform = async () => {
    const text = await readFile(join(TERRAFORM_MODULE_FOLDER, "examples", "existing-role", "main.tf"), "utf8");
    await root.write("main.tf", text.replaceAll(ROLE, BY_MODULE).replace('"../.."', '"./role"'));
    await root.writeModule("role");
  };

  const addMeddledRoles = async () => {
    const {
      data,
      resource,
      import: imports,
    } = synthesize((stack) => {
      new EcsTaskExecutionRole(stack, "beyond", { roleName: "beyond", description: "starts our tasks" }).adopt();
      const description = "Allows ECS tasks to call AWS services on your behalf.";
      new EcsTaskExecutionRole(stack, "exclusive", { roleName: "exclusive", description, exclusive: true }).adopt();
    }) as ReturnType<typeof synthesize> & { readonly import: object };
    await root.write("meddled.tf.json", JSON.stringify({ data, resource, import: imports }));
  };

  const changesOf = (prefix: RegExp) => changes.filter(({ address }) => prefix.test(address));

  // Terraform commands take most of the time, so one plan and one apply import all roles.
  beforeAll(async () => {
    for (const roleName of [ROLE, BY_MODULE, "beyond", "exclusive"]) {
      await makeConsoleRole(tools.iam, roleName);
    }
    await meddle(tools.iam, "beyond");
    await meddle(tools.iam, "exclusive");
    root = (await synthesizeExample(tools, EXAMPLE))(EXAMPLE);
    await addPlainTerraform();
    await addMeddledRoles();
    ({ changes } = await root.plan());
    await root.apply("plan");
  });

  test.each([
    ["adopt()", ROLE, /^aws_\w+\.execution_/],
    ["import blocks", BY_MODULE, /^module\.execution_role\./],
  ])("is imported by %s without any other changes", async (_, roleName, address) => {
    expect(changesOf(address).map(({ type, change }) => [type, change.actions.join(), !!change.importing])).toEqual([
      ["aws_iam_role", "no-op", true],
      ...FOUR_POLICIES.map(() => ["aws_iam_role_policy_attachment", "no-op", true]),
    ]);
    expect(await attachedPolicies(tools.iam, roleName)).toEqual(FOUR_POLICIES);
  });

  test("keeps its additional policies, and the plan shows all other drift", async () => {
    const ofRole = changesOf(/\.beyond_/);
    expect(ofRole.map(({ change }) => !!change.importing)).toEqual([true, true, true, true, true]);
    expect(ofRole.filter(({ change }) => change.actions.join() !== "no-op")).toEqual([
      expect.objectContaining({ type: "aws_iam_role", change: expect.objectContaining({ actions: ["update"] }) }),
    ]);
    expect(await attachedPolicies(tools.iam, "beyond")).toEqual([...FOUR_POLICIES, MEDDLED.attached].sort());
    expect(await inlinePolicies(tools.iam, "beyond")).toEqual([MEDDLED.inline]);
  });

  test("loses its additional policies with exclusive, which the plan shows first", async () => {
    const ofRole = changesOf(/\.exclusive_/);
    expect(ofRole.map(({ change }) => !!change.importing)).toEqual([true, true, true, true, true, true, true]);
    expect(ofRole.filter(({ change }) => change.actions.join() !== "no-op")).toMatchObject([
      {
        type: "aws_iam_role_policies_exclusive",
        change: { actions: ["update"], before: { policy_names: [MEDDLED.inline] }, after: { policy_names: [] } },
      },
      {
        type: "aws_iam_role_policy_attachments_exclusive",
        change: {
          actions: ["update"],
          before: { policy_arns: [...FOUR_POLICIES, MEDDLED.attached].sort() },
          after: { policy_arns: FOUR_POLICIES },
        },
      },
    ]);
    expect(await attachedPolicies(tools.iam, "exclusive")).toEqual(FOUR_POLICIES);
  });

  test("has an empty plan after the import", () => root.expectNoChanges());

  test("is not created if there is no role to import", async () => {
    const workspace = new Workspace(tools, "nobody");
    workspace.synthesize((stack) => {
      new EcsTaskExecutionRole(stack, "execution", { roleName: "nobody" }).adopt();
    });
    const { code, output } = await workspace.terraform("apply", "-input=false", "-auto-approve");
    expect([code, output]).toEqual([1, expect.stringContaining("Cannot import non-existent remote object")]);
    expect(await roleNames(tools.iam)).not.toContain("nobody");
  });
});
