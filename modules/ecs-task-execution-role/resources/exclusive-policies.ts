import { IamRolePoliciesExclusive } from "@cdktf/provider-aws/lib/iam-role-policies-exclusive";
import { IamRolePolicyAttachmentsExclusive } from "@cdktf/provider-aws/lib/iam-role-policy-attachments-exclusive";
import type { TerraformProvider, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

interface ExclusivePolicies {
  readonly roleName: string;
  /** The only managed policies that stay attached. */
  readonly policyArns: string[];
  /** The addresses of the resources that grant the role its own permissions. */
  readonly after: string[];
  readonly provider?: TerraformProvider;
}

/**
 * On each apply, detaches managed policies that were attached outside Terraform and deletes the role's inline policies.
 * Both resources are needed: one covers only managed policies, the other only inline policies. Both wait until the
 * role has its own permissions. A reference to the attachments is not enough: in Terraform 1.5, an attachment that does
 * not change does not pass on that the update of its policy failed.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role_policy_attachments_exclusive
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role_policies_exclusive
 */
export function exclusivePolicies(
  role: Construct,
  { roleName, policyArns, after, provider }: ExclusivePolicies,
): TerraformResource[] {
  const resources = [
    new IamRolePolicyAttachmentsExclusive(role, "exclusive-attachments", { roleName, policyArns, provider }),
    new IamRolePoliciesExclusive(role, "exclusive-inline-policies", { roleName, policyNames: [], provider }),
  ];
  for (const resource of resources) {
    resource.dependsOn = after;
  }
  return resources;
}
