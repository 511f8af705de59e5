import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolesCommand,
} from "@aws-sdk/client-iam";
import type { PolicyDocument } from "./evaluate";

/** The names of the account's roles, seen through the AWS API. */
export async function roleNames(iam: IAMClient): Promise<string[]> {
  const { Roles = [] } = await iam.send(new ListRolesCommand({}));
  return Roles.map(({ RoleName = "" }) => RoleName).sort();
}

/** The ARNs of all policies attached to a role, seen through the AWS API. */
export async function attachedPolicies(iam: IAMClient, roleName: string): Promise<string[]> {
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: roleName }));
  return AttachedPolicies.map(({ PolicyArn = "" }) => PolicyArn).sort();
}

/** The documents of all policies attached to a role, seen through the AWS API. */
export async function policyDocuments(iam: IAMClient, roleName: string): Promise<PolicyDocument[]> {
  return Promise.all(
    (await attachedPolicies(iam, roleName)).map(async (PolicyArn) => {
      const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
      const { PolicyVersion } = await iam.send(
        new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }),
      );
      return JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? ""));
    }),
  );
}

/** A role's assume-role policy, seen through the AWS API. */
export async function trustOf(iam: IAMClient, roleName: string): Promise<PolicyDocument> {
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: roleName }));
  return JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""));
}

export const FOUR_POLICIES = [
  "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly",
  "arn:aws:iam::aws:policy/CloudWatchLogsFullAccess",
  "arn:aws:iam::aws:policy/SecretsManagerReadWrite",
  "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
];

export const ECS_TASKS_TRUST = {
  Version: "2012-10-17",
  Statement: [{ Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" } }],
};
