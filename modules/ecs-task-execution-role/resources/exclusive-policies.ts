import { IamRolePoliciesExclusive } from "@cdktf/provider-aws/lib/iam-role-policies-exclusive";
import { IamRolePolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-role-policy-attachments-exclusive";
import type { TerraformProvider, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

interface ExclusivePolicies {
  readonly roleName: string;
  /** The only managed policies that stay attached. */
  readonly policyArns: string[];
  readonly provider?: TerraformProvider;
}

/**
 * On each apply, detaches managed policies that were attached outside Terraform and deletes the role's inline policies.
 * Both resources are needed: one covers only managed policies, the other only inline policies.
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
