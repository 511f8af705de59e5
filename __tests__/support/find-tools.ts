import { motoPython } from "../../scripts/tools/aws/moto";
import { MissingTool } from "../../scripts/tools/missing-tool";
import { findTerraform } from "../../scripts/tools/terraform/terraform";
import { bundleCommand } from "./command";
import { startSharedTools } from "./shared-tools";

/**
 * Finds Terraform, the AWS provider and the emulated AWS once for all end-to-end tests. If one is missing, these tests
 * are skipped with a message; in CI, the run fails.
 */
export default async function findRealTools({ maxWorkers }: { readonly maxWorkers: number }): Promise<void> {
  try {
    const terraform = await findTerraform();
    const python = await motoPython();
    await bundleCommand();
    process.env.END_TO_END_TERRAFORM = JSON.stringify(terraform);
    process.env.END_TO_END_SHARED_TOOLS = JSON.stringify(await startSharedTools(terraform, python, maxWorkers));
  } catch (error) {
    if (!(error instanceof MissingTool) || process.env.CI) {
      throw error;
    }
    process.env.END_TO_END_MISSING = error.message;
    process.stderr.write(`End-to-end tests are skipped. ${error.message}\n`);
  }
}
