import { cp } from "node:fs/promises";
import { join } from "node:path";
import { EcsTaskExecutionRole, type EcsTaskExecutionRoleProps } from "../../modules/ecs-task-execution-role";
import { PROJECT_ROOT } from "../../scripts/support/project";
import { asVariables } from "../support/as-variables";
import { endToEnd } from "../support/end-to-end";
import { EVERY_FIELD } from "../support/every-field";
import { type RootModule, rootWithModule } from "../support/root-module";
import { Workspace } from "../support/workspace";

/** The roles whose state the fixtures hold. Both stay as they are: users have such a state. */
const RELEASED: Readonly<Record<string, EcsTaskExecutionRoleProps>> = {
  workshop: { roleName: "fcjEcsTaskExecutionRole" },
  scoped: {
    roleName: "scoped",
    path: "/ecs/orders/",
    description: "starts orders",
    maxSessionDuration: 7200,
    permissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess",
    tags: { team: "orders" },
    forceDetachPolicies: true,
    access: EVERY_FIELD,
    trust: { sourceAccounts: ["111122223333"], sourceArns: ["arn:aws:ecs:*:111122223333:*"] },
  },
  guarded: {
    roleNamePrefix: "guarded-",
    managedPolicies: { pull: "AmazonEC2ContainerRegistryPullOnly" },
    access: { guardDutyAgent: true },
    exclusive: true,
  },
};

endToEnd("somebody's state from release 0.1.0", (parts) => {
  const stateOf = (language: string) => join(PROJECT_ROOT, "__tests__/fixtures/v0.1.0", `${language}-state.json`);

  /** What would be done to resources of that state, were they in AWS as the state says. */
  const expectNoChange = async (root: RootModule, language: string) => {
    await cp(stateOf(language), join(root.folder, "released.tfstate"));
    const { json, changes } = await root.plan("-refresh=false", "-state=released.tfstate");
    expect(changes.map(({ address, change }) => [address, change.actions])).toEqual([]);
    expect(json.resource_changes).toHaveLength(14);
  };

  test("plans no change with the construct", async () => {
    const workspace = new Workspace(parts, "construct");
    workspace.synthesize((stack) => {
      for (const [id, props] of Object.entries(RELEASED)) {
        new EcsTaskExecutionRole(stack, id, props);
      }
    });
    await expectNoChange(workspace, "construct");
  });

  test("plans no change with the Terraform module", async () => {
    const root = await rootWithModule(parts, join(parts.folder, "module"));
    const modules = Object.entries(RELEASED).map(([name, props]) => [
      name,
      { source: "./role", ...(asVariables(props) as object) },
    ]);
    await root.write("main.tf.json", JSON.stringify({ module: Object.fromEntries(modules) }));
    await expectNoChange(root, "module");
  });
});
