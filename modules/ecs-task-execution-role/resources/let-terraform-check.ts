import type { Precondition, TerraformResource } from "cdktf";

/**
 * Lets Terraform check values that are unknown at synth, before it creates or changes the resource. CDKTF merges the
 * override with any `lifecycle` set on the resource, before or after, including its preconditions.
 *
 * The preconditions are on the resource, not on its policy document: Terraform defers reading a data source with
 * preconditions until apply if anything it refers to has a pending change, so the plan would show the whole policy
 * as known after apply.
 */
export function letTerraformCheck(resource: TerraformResource, checks: readonly Precondition[]): void {
  if (checks.length > 0) {
    const precondition = checks.map(({ condition, errorMessage }) => ({ condition, error_message: errorMessage }));
    resource.addOverride("lifecycle.precondition", precondition);
  }
}
