import { motoPython } from "../../scripts/parts/aws/moto";
import { MissingPart } from "../../scripts/parts/missing-part";
import { findTerraform } from "../../scripts/parts/terraform/terraform";
import { bundleCommand } from "./command";
import { startSharedParts } from "./shared-parts";

/**
 * Looks once, for all end-to-end tests, for the real Terraform, the real AWS provider and the
 * emulated AWS. Without them these tests are skipped and say so; in CI that is a failure.
 */
export default async function findRealParts({ maxWorkers }: { readonly maxWorkers: number }): Promise<void> {
  try {
    const terraform = await findTerraform();
    const python = await motoPython();
    await bundleCommand();
    process.env.END_TO_END_TERRAFORM = JSON.stringify(terraform);
    process.env.END_TO_END_SHARED_PARTS = JSON.stringify(await startSharedParts(terraform, python, maxWorkers));
  } catch (error) {
    if (!(error instanceof MissingPart) || process.env.CI) {
      throw error;
    }
    process.env.END_TO_END_MISSING = error.message;
    process.stderr.write(`End-to-end tests are skipped. ${error.message}\n`);
  }
}
