import { existsSync } from "node:fs";
import { join } from "node:path";
import { TerraformAsset, TerraformHclModule, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { TaskLocation } from "../aws/container-grants";

/** The variables of `modules/access`. */
export interface AccessVariables {
  /** What its errors call the role, where the role is, and the Sids of the statements that the construct writes. */
  readonly role: TaskLocation & { readonly label: string; readonly known?: readonly string[] };
  readonly access: object;
}

/**
 * Calls `modules/access` of the Terraform module, which reads at plan and apply what is unknown at synth. A later call
 * replaces the values.
 */
export function accessModule(scope: Construct, variables: AccessVariables): TerraformHclModule {
  const id = "statements";
  const module =
    (scope.node.tryFindChild(id) as TerraformHclModule | undefined) ??
    // CDKTF would resolve the path from the app's cdktf.json, and copy the folder again.
    new TerraformHclModule(scope, id, {
      source: `./${moduleFiles(scope).path}`,
      skipAssetCreationFromLocalModules: true,
    });
  for (const [variable, value] of Object.entries(variables)) {
    module.set(variable, value);
  }
  return module;
}

/** The module's files, which are copied into the output of each stack once. */
function moduleFiles(scope: Construct): TerraformAsset {
  const stack = TerraformStack.of(scope);
  const id = "ecs-task-execution-role-access";
  return (
    (stack.node.tryFindChild(id) as TerraformAsset | undefined) ?? new TerraformAsset(stack, id, { path: folder() })
  );
}

/** From this file, and from the compiled package. */
const FOLDERS = ["../terraform/modules/access", "../modules/ecs-task-execution-role/terraform/modules/access"];

function folder(): string {
  const found = FOLDERS.map((path) => join(__dirname, path)).find(existsSync);
  if (found === undefined) {
    throw new Error(
      `EcsTaskExecutionRole cannot find its Terraform module "${FOLDERS[1]}" from ${__dirname}; values that are unknown at synth need it. Fix: exclude the package from your bundle (esbuild: --external:cdktf-ecs-task-execution-role), so that it is loaded from node_modules.`,
    );
  }
  return found;
}
