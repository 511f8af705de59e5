import type { IAMClient } from "@aws-sdk/client-iam";
import { GetRoleCommand, paginateListAttachedRolePolicies, paginateListRolePolicies } from "@aws-sdk/client-iam";
import { DEFAULT_MANAGED_POLICIES, managedPolicyArn } from "../../modules/ecs-task-execution-role/managed-policies";
import { whoMayAssume } from "./trust";

export type Mark = "ok" | "MISSING" | "EXTRA" | "WRONG";

export interface Finding {
  readonly mark: Mark;
  readonly subject: string;
  readonly detail: string;
}

/** Compares a role in the account with what the workshop's role should be. */
export async function reportRole(iam: IAMClient, roleName: string): Promise<readonly Finding[]> {
  const role = await readRole(iam, roleName);
  if (!role) {
    return [{ mark: "MISSING", subject: "role", detail: `there is no role ${roleName} in this account` }];
  }
  const trust = whoMayAssume(role.assumeRolePolicy);
  const partition = role.arn.split(":")[1] ?? "";
  const expected = Object.values(DEFAULT_MANAGED_POLICIES).map((policy) => managedPolicyArn(partition, policy));
  const others = role.attachedPolicies.filter((arn) => !expected.includes(arn));
  return [
    { mark: "ok", subject: "role", detail: role.arn },
    trust.ecsTasks
      ? { mark: "ok", subject: "assume-role policy", detail: "ecs-tasks.amazonaws.com may assume it" }
      : { mark: "WRONG", subject: "assume-role policy", detail: "ecs-tasks.amazonaws.com may not assume it" },
    ...trust.others.map(
      (principal): Finding => ({ mark: "EXTRA", subject: "assume-role policy", detail: `${principal} may assume it` }),
    ),
    ...expected.map(
      (arn): Finding =>
        role.attachedPolicies.includes(arn)
          ? { mark: "ok", subject: "managed policy", detail: arn }
          : { mark: "MISSING", subject: "managed policy", detail: arn },
    ),
    ...others.map((arn): Finding => ({ mark: "EXTRA", subject: "managed policy", detail: arn })),
    ...role.inlinePolicies.map((name): Finding => ({ mark: "EXTRA", subject: "inline policy", detail: name })),
  ];
}

interface RoleInAccount {
  readonly arn: string;
  readonly assumeRolePolicy: string;
  readonly attachedPolicies: readonly string[];
  readonly inlinePolicies: readonly string[];
}

async function readRole(iam: IAMClient, roleName: string): Promise<RoleInAccount | undefined> {
  try {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: roleName }));
    const attachedPolicies: string[] = [];
    for await (const page of paginateListAttachedRolePolicies({ client: iam }, { RoleName: roleName })) {
      attachedPolicies.push(...(page.AttachedPolicies ?? []).map(({ PolicyArn }) => PolicyArn ?? ""));
    }
    const inlinePolicies: string[] = [];
    for await (const page of paginateListRolePolicies({ client: iam }, { RoleName: roleName })) {
      inlinePolicies.push(...(page.PolicyNames ?? []));
    }
    return {
      arn: Role?.Arn ?? "",
      assumeRolePolicy: decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""),
      attachedPolicies: attachedPolicies.sort(),
      inlinePolicies: inlinePolicies.sort(),
    };
  } catch (error) {
    if (error instanceof Error && error.name === "NoSuchEntityException") {
      return undefined;
    }
    throw error;
  }
}
