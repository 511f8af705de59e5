import { GetRolePolicyCommand, type IAMClient } from "@aws-sdk/client-iam";
import { parsePolicy } from "../parse-policy";
import { cached } from "./cached";
import { type Policy, type Roles, type RoleWithPolicies, TRUST_POLICY } from "./policies";
import { readPolicy, readRole } from "./role";

/** The roles of the account; a policy that several roles have is read once. */
export function rolesOf(iam: IAMClient): Roles {
  const managed = cached((arn) => readPolicy(iam, arn));
  const policyOf = async (name: string): Promise<Policy> => ({ name, document: await managed(name) });
  const named = cached(async (roleName): Promise<RoleWithPolicies | undefined> => {
    const role = await readRole(iam, roleName);
    if (!role) {
      return undefined;
    }
    const {
      arn,
      description,
      maxSessionDuration,
      tags,
      assumeRolePolicy,
      attachedPolicies,
      inlinePolicies,
      permissionsBoundary,
    } = role;
    const policies = await Promise.all([
      ...attachedPolicies.map(policyOf),
      ...inlinePolicies.map((name) => readInlinePolicy(iam, roleName, name)),
    ]);
    const boundary = permissionsBoundary && (await policyOf(permissionsBoundary));
    return {
      arn,
      tags,
      trust: parsePolicy(assumeRolePolicy, TRUST_POLICY),
      policies,
      ...(description && { description }),
      ...(maxSessionDuration && { maxSessionDuration }),
      ...(boundary && { boundary }),
    };
  });
  return { named, policy: managed };
}

async function readInlinePolicy(iam: IAMClient, RoleName: string, PolicyName: string): Promise<Policy> {
  const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
  return { name: PolicyName, document: parsePolicy(decodeURIComponent(PolicyDocument ?? ""), PolicyName) };
}
