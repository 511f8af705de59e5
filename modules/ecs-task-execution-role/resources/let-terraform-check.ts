import type { Precondition, TerraformResource } from "cdktf";

/**
 * Lets Terraform check what is not known at synth, before it creates or changes the resource. CDKTF merges an
 * override with the `lifecycle` that somebody sets on the resource, sooner or later, preconditions included.
 *
 * The checks are the resource's own, not those of the policy document that it holds: Terraform reads a data
 * source with preconditions during the apply as soon as anything that it refers to has a change, and so shows
 * the whole policy as rewritten.
 */
export function letTerraformCheck(resource: TerraformResource, checks: readonly Precondition[]): void {
  if (checks.length > 0) {
    const precondition = checks.map(({ condition, errorMessage }) => ({ condition, error_message: errorMessage }));
    resource.addOverride("lifecycle.precondition", precondition);
  }
}
