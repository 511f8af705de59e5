import { Fn, Op, type Precondition, propertyAccess, type TerraformHclModule, type TerraformResource } from "cdktf";
import { POLICY_CHARACTERS_AT_MOST } from "../permissions/limits";
import { POLICY_TOO_LONG } from "../rules/access-rules";
import { violationText } from "../rules/rule";

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

/** What errors call the role, because Terraform shows only resource addresses. */
export const labelOf = (rolePath: string): string => `EcsTaskExecutionRole "${rolePath}" has invalid input`;

/** Refuses the violations of one subject that a submodule of the Terraform module finds. */
export function noViolations(module: TerraformHclModule, subject: string): Precondition {
  const faults = propertyAccess(module.get("faults"), [subject]);
  return { condition: Op.lt(Fn.lengthOf(faults), 1), errorMessage: Fn.join("\n", faults as never) };
}

/**
 * Checks the length of the access policy. CDKTF's functions record a stack trace for each argument, which takes too long
 * for a check that most roles with container definitions have.
 *
 * @param document the address of the policy document.
 */
export function sizePrecondition(rolePath: string, document: string): Precondition {
  const characters = `length(replace(${document}.json, "/\\\\s/", ""))`;
  const error = violationText("access", `a policy of \${${characters}} characters`, POLICY_TOO_LONG);
  return {
    condition: `\${${characters} <= ${POLICY_CHARACTERS_AT_MOST}}`,
    errorMessage: `${labelOf(rolePath)}: ${error}`,
  };
}
