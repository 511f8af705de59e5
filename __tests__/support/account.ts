import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  GetRoleCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListPoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { readPolicy } from "../../cli/aws-calls/role";
import type { PolicyDocument } from "./evaluate";

/** The names of the account's roles, read through the AWS API. */
export async function roleNames(iam: IAMClient): Promise<string[]> {
  const { Roles = [] } = await iam.send(new ListRolesCommand({}));
  return Roles.map(({ RoleName = "" }) => RoleName).sort();
}

/** The ARNs of the account's customer managed policies, read through the AWS API. */
export async function ownPolicies(iam: IAMClient): Promise<string[]> {
  const { Policies = [] } = await iam.send(new ListPoliciesCommand({ Scope: "Local" }));
  return Policies.map(({ Arn = "" }) => Arn).sort();
}

/** The ARNs of all policies that are attached to a role, read through the AWS API. */
export async function attachedPolicies(iam: IAMClient, roleName: string): Promise<string[]> {
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: roleName }));
  return AttachedPolicies.map(({ PolicyArn = "" }) => PolicyArn).sort();
}

/** The documents of all policies that are attached to a role, read through the AWS API. */
export async function policyDocuments(iam: IAMClient, roleName: string): Promise<PolicyDocument[]> {
  return Promise.all(
    (await attachedPolicies(iam, roleName)).map(
      async (arn) => (await readPolicy(iam, arn)) as unknown as PolicyDocument,
    ),
  );
}

/** The resources of each statement in the only policy of a role, by Sid. */
export async function resourcesOf(iam: IAMClient, roleName: string): Promise<Record<string, unknown>> {
  const [document, ...others] = await policyDocuments(iam, roleName);
  if (others.length > 0) {
    throw new Error(`${roleName} has several policies`);
  }
  const statements = document?.Statement as { Sid: string; Resource: unknown }[];
  return Object.fromEntries(statements.map(({ Sid, Resource }) => [Sid, Resource]));
}

/** A role's trust policy, read through the AWS API. */
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

/** Changes a role outside Terraform: attaches a policy, and adds an inline policy. */
export async function meddle(iam: IAMClient, RoleName: string): Promise<void> {
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: MEDDLED.attached }));
  const Statement = [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: MEDDLED.inline, PolicyDocument }));
}

export const MEDDLED = { attached: "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess", inline: "by-hand" };

/** The names of a role's inline policies, read through the AWS API. */
export async function inlinePolicies(iam: IAMClient, RoleName: string): Promise<string[]> {
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  return PolicyNames;
}

/** Creates the role that the IAM console creates for "Elastic Container Service Task", with the four policies. */
export async function makeConsoleRole(iam: IAMClient, RoleName: string): Promise<void> {
  const [statement] = ECS_TASKS_TRUST.Statement;
  await iam.send(
    new CreateRoleCommand({
      RoleName,
      Description: "Allows ECS tasks to call AWS services on your behalf.",
      AssumeRolePolicyDocument: JSON.stringify({ ...ECS_TASKS_TRUST, Statement: [{ Sid: "", ...statement }] }),
    }),
  );
  for (const PolicyArn of FOUR_POLICIES) {
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  }
}
