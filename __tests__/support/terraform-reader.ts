import { cp } from "node:fs/promises";
import { join } from "node:path";
import type { EcsTaskExecutionRoleProps } from "../../modules/ecs-task-execution-role";
import type { AccessCondition, AccessStatement } from "../../modules/ecs-task-execution-role/synth/access-statements";
import { TERRAFORM_MODULE_FOLDER } from "../../scripts/package/terraform-module";
import { asVariables } from "./as-variables";
import type { RealTools } from "./end-to-end";
import { RootModule } from "./root-module";

/** What the module makes of a role's inputs. */
export interface ReadRole {
  readonly statements: readonly (AccessStatement & { readonly conditions: AccessCondition[] })[];
  /** What is wrong with the role's own inputs, and with `access`. */
  readonly faults: readonly string[];
}

export const PLACE = { partition: "aws", region: "us-east-1", account: "111122223333" };

/** Stands for `main.tf`, which has the resources. */
const MAIN = `variable "known" {
  default = []
}

module "access" {
  source = "./modules/access"
  count  = var.access == null ? 0 : 1

  access = var.access
  role   = { label = local.label, partition = "aws", region = "us-east-1", account = "111122223333", known = var.known }
}

output "all" {
  value = jsonencode({
    # The groups in the order of the policy.
    statements = [for group in ["images", "logs", "secrets", "files"] : [for access in module.access : access.statements[group]]]
    faults = [
      for subject, faults in merge(module.checks.faults, module.access[*].faults...) : faults
      if var.access != null || subject != "access_policy"
    ]
  })
}
`;

/**
 * Evaluates the module for many roles in one plan. Without its resources, the plan needs no provider.
 *
 * @param roles the inputs, and the Sids of statements that \`modules/access\` leaves out.
 */
export async function readInTerraform(
  tools: RealTools,
  roles: readonly (EcsTaskExecutionRoleProps & { readonly known?: readonly string[] })[],
): Promise<ReadRole[]> {
  const root = new RootModule(tools, join(tools.folder, "read"));
  for (const file of ["faults.tf", "variables.tf", "modules"]) {
    await cp(join(TERRAFORM_MODULE_FOLDER, file), join(root.folder, "copy", file), { recursive: true });
  }
  await root.write("copy/main.tf", MAIN);
  // Terraform takes three times as long for as many module blocks. A file holds text that looks like an expression.
  const inputs = roles.map(asVariables);
  await root.write("inputs.json", JSON.stringify(Object.fromEntries(inputs.map((input, at) => [`i${at}`, input]))));
  const names = [...new Set(inputs.flatMap((input) => Object.keys(input)))];
  const given = Object.fromEntries(names.map((name) => [name, `\${try(each.value.${name}, null)}`]));
  const all = { source: "./copy", for_each: '${jsondecode(file("inputs.json"))}', ...given };
  const value = "${{ for key, one in module.all : key => one.all }}";
  await root.write("main.tf.json", JSON.stringify({ module: { all }, output: { all: { value } } }));
  const { json } = await root.plan();
  const results = json.planned_values.outputs?.all?.value as Record<string, string>;
  return inputs.map((_, at) => {
    const { statements, faults } = JSON.parse(results[`i${at}`] ?? "");
    return { statements: statements.flat(2), faults: faults.flat() };
  });
}
