import { delimiter } from "node:path";
import { findTerraform, type Terraform } from "../../scripts/parts/terraform/terraform";

/** The paths of the Terraform binaries in TERRAFORM_1_5. */
export const BINARIES = (process.env.TERRAFORM_1_5 ?? "").split(delimiter).filter((path) => path !== "");

if (BINARIES.length === 0) {
  throw new Error("TERRAFORM_1_5 is not set: set it to the path of a Terraform 1.5, which these tests run.");
}

export function terraformAt(binary: string): Promise<Terraform> {
  process.env.TERRAFORM_BINARY_NAME = binary;
  return findTerraform();
}
