import { existsSync } from "node:fs";
import { join } from "node:path";
import { TerraformAsset, TerraformHclModule, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

/** A submodule of the Terraform module that the construct calls. */
type Submodule = "access" | "checks";

/** Calls a submodule, which reads at plan and apply what is unknown at synth. A later call replaces the variables. */
export function callSubmodule(
  scope: Construct,
  id: string,
  submodule: Submodule,
  variables: Readonly<Record<string, unknown>>,
): TerraformHclModule {
  const module =
    (scope.node.tryFindChild(id) as TerraformHclModule | undefined) ??
    // CDKTF would resolve the path from the app's cdktf.json, and copy the folder again.
    new TerraformHclModule(scope, id, {
      source: `./${filesOf(submodule, scope).path}`,
      skipAssetCreationFromLocalModules: true,
    });
  for (const [variable, value] of Object.entries(variables)) {
    module.set(variable, value);
  }
  return module;
}

/** The submodule's files, which are copied into the output of each stack once. */
function filesOf(submodule: Submodule, scope: Construct): TerraformAsset {
  const stack = TerraformStack.of(scope);
  const id = `ecs-task-execution-role-${submodule}`;
  const found = stack.node.tryFindChild(id) as TerraformAsset | undefined;
  return found ?? new TerraformAsset(stack, id, { path: folderOf(submodule) });
}

/** From this file, and from the compiled package. */
const FOLDERS = ["../terraform/modules", "../modules/ecs-task-execution-role/terraform/modules"];

function folderOf(submodule: Submodule): string {
  const found = FOLDERS.map((path) => join(__dirname, path, submodule)).find(existsSync);
  if (found === undefined) {
    throw new Error(
      `EcsTaskExecutionRole cannot find its Terraform module "${FOLDERS[1]}/${submodule}" from ${__dirname}; values that are unknown at synth need it. Fix: exclude the package from your bundle (esbuild: --external:cdktf-ecs-task-execution-role), so that it is loaded from node_modules.`,
    );
  }
  return found;
}
