import type { TaskLocation } from "../../../../modules/ecs-task-execution-role/permissions/container-grants";
import { nameIn } from "../../../arns";
import { type Roles, type RoleWithPolicies, TRUST_POLICY } from "../../../aws-calls/policies";
import type { PlannedRole } from "../../../needs/planned-role";
import { afterUnknown, isUnknown, type Plan } from "../json/plan-json";
import type { RoleOfPlan } from "./attachments";
import { documentAt, plannedPolicies, policyAt, remainingPolicies, together } from "./planned-policies";

/** A role as a plan creates it. */
export async function plannedRole(of: RoleOfPlan, { partition, account }: TaskLocation): Promise<PlannedRole> {
  const { plan, role } = of;
  const { name, name_prefix: prefix, path, tags, tags_all: allTags, description } = role.values;
  const newArn = `arn:${partition}:iam::${account}:role${path ?? "/"}${name ?? `${prefix ?? ""}${role.address}`}`;
  const { document: trust, unknown: unknownTrust } = documentAt(of, role, "assume_role_policy", TRUST_POLICY);
  const [policies, boundary] = await Promise.all([plannedPolicies(of), boundaryOf(of)]);
  return {
    arn: typeof role.values.arn === "string" ? role.values.arn : newArn,
    trust,
    ...(unknownTrust && { unknownTrust }),
    tags: ((allTags ?? tags) as Record<string, string> | null) ?? {},
    ...(isUnknown(plan, role, "tags_all") && { hasMoreTags: true }),
    ...(typeof description === "string" && { description }),
    ...policies,
    ...boundary,
  };
}

async function boundaryOf(of: RoleOfPlan): Promise<Pick<PlannedRole, "boundary" | "unknownBoundary">> {
  const { plan, role } = of;
  const argument = "permissions_boundary";
  // If the provider read a role without a boundary, the value is an empty string.
  if (!role.values[argument] && afterUnknown(plan, role, argument) !== true) {
    return {};
  }
  const { policies, unknown } = await policyAt(of, role, argument);
  const [boundary = { name: argument, document: { Version: "2012-10-17", Statement: [] } }] = policies;
  const [unknownBoundary] = unknown;
  const field = `${argument} of ${role.address}`;
  return { boundary, ...(unknownBoundary && { unknownBoundary: { ...unknownBoundary, field } }) };
}

/** An existing role of a plan, as it is after the plan. */
export async function changedRole(of: RoleOfPlan, location: TaskLocation): Promise<PlannedRole> {
  const [changed, current] = await Promise.all([
    plannedRole(of, location),
    of.roles.named(String(of.role.values.name)),
  ]);
  const remaining = await remainingPolicies(of, current?.policies ?? []);
  return { ...changed, ...together([changed, remaining]) };
}

/** A role that is not a resource of a plan, with the policies that the plan adds to it or removes from it. */
export async function withPlannedPolicies(plan: Plan, current: RoleWithPolicies, roles: Roles): Promise<PlannedRole> {
  const { arn } = current;
  const values = { arn, name: nameIn(arn) };
  const of = { plan, roles, role: { address: arn, type: "aws_iam_role", name: "", modules: [], values } };
  const found = await Promise.all([plannedPolicies(of), remainingPolicies(of, current.policies)]);
  return { ...current, ...together(found) };
}
