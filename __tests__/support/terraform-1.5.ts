import { findTerraform } from "../../scripts/tools/terraform/terraform";

/** Lets the tests of the project `versions` run the Terraform in TERRAFORM_1_5. */
export default async function useTerraform(): Promise<void> {
  const { TERRAFORM_1_5 } = process.env;
  if (!TERRAFORM_1_5) {
    throw new Error("TERRAFORM_1_5 is not set: set it to the path of a Terraform 1.5, which these tests run.");
  }
  process.env.TERRAFORM_BINARY_NAME = TERRAFORM_1_5;
  process.env.END_TO_END_TERRAFORM = JSON.stringify(await findTerraform());
}
