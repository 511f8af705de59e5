import type { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import type { Finished } from "../../scripts/tools/child-process";
import { attachedPolicies, ECS_TASKS_TRUST, inlinePolicies, trustOf } from "./account";
import type { RealTools } from "./end-to-end";
import type { Workspace } from "./workspace";

export const PULL = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly";

/** The role of the fault tests, with a managed policy and an access policy. */
export const PROPS = {
  managedPolicies: { pull: PULL },
  access: { guardDutyAgent: true },
} satisfies ConstructorParameters<typeof EcsTaskExecutionRole>[2];

export const RESOURCES = 4;

export function accessPolicyArn(roleName: string): string {
  return `arn:aws:iam::123456789012:policy/${roleName}-access`;
}

/**
 * Applies until it succeeds. Imports, as documented, a resource that AWS created but that is not in the state because
 * Terraform was killed.
 *
 * @returns the addresses of the imported resources.
 */
export async function applyAgain(workspace: Workspace, roleName: string): Promise<string[]> {
  const imported: string[] = [];
  for (;;) {
    const applied = await workspace.terraform("apply", "-input=false", "-auto-approve");
    if (applied.code === 0) {
      return imported;
    }
    const address = existing(applied);
    const id = address.startsWith("aws_iam_policy.") ? accessPolicyArn(roleName) : roleName;
    if (imported.includes(address)) {
      throw new Error(applied.output);
    }
    imported.push(address);
    const { code, output } = await workspace.terraform("import", "-input=false", address, id);
    if (code !== 0) {
      throw new Error(output);
    }
  }
}

/** The address in Terraform's error about a resource that already exists. */
function existing({ output }: Finished): string {
  const address = output.match(/EntityAlreadyExists[\s\S]*?with ([\w.-]+),/)?.[1];
  if (!address) {
    throw new Error(output);
  }
  return address;
}

/** Expects that a role has all its policies, that all of it is in the state, and that the plan is empty. */
export async function expectWhole(tools: RealTools, workspace: Workspace, roleName: string): Promise<void> {
  expect(await attachedPolicies(tools.iam, roleName)).toEqual([accessPolicyArn(roleName), PULL].sort());
  expect(await inlinePolicies(tools.iam, roleName)).toEqual([]);
  expect(await trustOf(tools.iam, roleName)).toEqual(ECS_TASKS_TRUST);
  expect(await workspace.resources()).toHaveLength(RESOURCES);
  await workspace.expectNoChanges();
}
