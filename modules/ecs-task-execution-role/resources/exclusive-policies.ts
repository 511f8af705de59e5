import { IamRolePoliciesExclusive } from "@cdktf/provider-aws/lib/iam-role-policies-exclusive";
import { IamRolePolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-role-policy-attachments-exclusive";
import type { TerraformProvider, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

interface ExclusivePolicies {
  readonly roleName: string;
  /** All that may stay attached. */
  readonly policyArns: string[];
  readonly provider?: TerraformProvider;
}

/**
 * Removes, at each apply, what other hands attached to the role or wrote into it. Both resources are
 * needed: one knows managed policies only, the other inline policies only.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role_policy_attachments_exclusive
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role_policies_exclusive
 */
export function exclusivePolicies(
  role: Construct,
  { roleName, policyArns, provider }: ExclusivePolicies,
): TerraformResource[] {
  return [
    new IamRolePolicyAttachmentsExclusive(role, "exclusive-attachments", { roleName, policyArns, provider }),
    new IamRolePoliciesExclusive(role, "exclusive-inline-policies", { roleName, policyNames: [], provider }),
  ];
}
