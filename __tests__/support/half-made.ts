import type { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import type { Finished } from "../../scripts/parts/child-process";
import { attachedPolicies, ECS_TASKS_TRUST, inlinePolicies, trustOf } from "./account";
import type { RealParts } from "./end-to-end";
import type { Workspace } from "./workspace";

export const PULL = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly";

/** The role of the fault tests: its kinds of resources are all there are. */
export const PROPS = {
  managedPolicies: { pull: PULL },
  access: { guardDutyAgent: true },
} satisfies ConstructorParameters<typeof EcsTaskExecutionRole>[2];

export const RESOURCES = 4;

export function accessPolicyArn(roleName: string): string {
  return `arn:aws:iam::123456789012:policy/${roleName}-access`;
}

/**
 * Applies until it succeeds. What Terraform was killed over after AWS had made it is in no state:
 * it is imported, as the documentation says, and named in the answer.
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

/** The address that Terraform names in its message about something that exists already. */
function existing({ output }: Finished): string {
  const address = output.match(/EntityAlreadyExists[\s\S]*?with ([\w.-]+),/)?.[1];
  if (!address) {
    throw new Error(output);
  }
  return address;
}

/** Whether a role is whole, and Terraform knows it. */
export async function expectWhole(parts: RealParts, workspace: Workspace, roleName: string): Promise<void> {
  expect(await attachedPolicies(parts.iam, roleName)).toEqual([accessPolicyArn(roleName), PULL].sort());
  expect(await inlinePolicies(parts.iam, roleName)).toEqual([]);
  expect(await trustOf(parts.iam, roleName)).toEqual(ECS_TASKS_TRUST);
  expect(await workspace.resources()).toHaveLength(RESOURCES);
  await workspace.expectNoChanges();
}
