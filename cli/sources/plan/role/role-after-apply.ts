import type { TaskLocation } from "../../../../modules/ecs-task-execution-role/aws/container-grants";
import { type Roles, type RoleWithPolicies, TRUST_POLICY } from "../../../account/policies";
import { nameIn } from "../../../arns";
import type { PlannedRole } from "../../../needs/planned-role";
import { parsePolicy } from "../../../parse-policy";
import { statementsAt } from "../documents/policy-document";
import { afterUnknown, isUnknown, type Plan } from "../json/plan-json";
import type { RoleOfPlan } from "./attachments";
import { plannedPolicies, policyAt, remainingPolicies, unknownAt } from "./planned-policies";

/** A role as a plan creates it. */
export async function plannedRole(
  of: RoleOfPlan,
  { partition, account }: TaskLocation,
  roles: Roles,
): Promise<PlannedRole> {
  const { plan, role } = of;
  const { name, name_prefix: prefix, path, tags, tags_all: allTags, description } = role.values;
  const newArn = `arn:${partition}:iam::${account}:role${path ?? "/"}${name ?? `${prefix ?? ""}${role.address}`}`;
  const [policies, boundary] = await Promise.all([plannedPolicies(of, roles), boundaryOf(of, roles)]);
  return {
    arn: typeof role.values.arn === "string" ? role.values.arn : newArn,
    ...trustOf(of),
    tags: ((allTags ?? tags) as Record<string, string> | null) ?? {},
    ...(isUnknown(plan, role, "tags_all") && { hasMoreTags: true }),
    ...(typeof description === "string" && { description }),
    ...policies,
    ...boundary,
  };
}

function trustOf(of: RoleOfPlan): Pick<PlannedRole, "trust" | "unknownTrust"> {
  const { plan, role } = of;
  const { assume_role_policy: text } = role.values;
  if (typeof text === "string") {
    return { trust: parsePolicy(text, TRUST_POLICY) };
  }
  const statements = statementsAt(plan, role, "assume_role_policy");
  const isKnown = statements.perhaps.length === 0;
  return {
    trust: { Version: "2012-10-17", Statement: statements.known },
    ...(!isKnown && { unknownTrust: unknownAt(of, role, "assume_role_policy", statements) }),
  };
}

async function boundaryOf(of: RoleOfPlan, roles: Roles): Promise<Pick<PlannedRole, "boundary" | "unknownBoundary">> {
  const { plan, role } = of;
  const argument = "permissions_boundary";
  // If the provider read a role without a boundary, the value is an empty string.
  if (!role.values[argument] && afterUnknown(plan, role, argument) !== true) {
    return {};
  }
  const {
    policies,
    unknown: [unknownBoundary],
  } = await policyAt(of, role, argument, roles);
  const [boundary = { name: argument, document: { Version: "2012-10-17", Statement: [] } }] = policies;
  const field = `${argument} of ${role.address}`;
  return { boundary, ...(unknownBoundary && { unknownBoundary: { ...unknownBoundary, field } }) };
}

/** An existing role of a plan, as it is after the plan. */
export async function changedRole(of: RoleOfPlan, location: TaskLocation, roles: Roles): Promise<PlannedRole> {
  const [changed, current] = await Promise.all([
    plannedRole(of, location, roles),
    roles.named(String(of.role.values.name)),
  ]);
  return withRemaining(changed, await remainingPolicies(of, current?.policies ?? [], roles));
}

/** A role that is not a resource of a plan, with the policies that the plan adds to it or removes from it. */
export async function withPlannedPolicies(plan: Plan, current: RoleWithPolicies, roles: Roles): Promise<PlannedRole> {
  const { arn } = current;
  const values = { arn, name: nameIn(arn) };
  const of = { plan, role: { address: arn, type: "aws_iam_role", name: "", modules: [], values } };
  const [planned, remaining] = await Promise.all([
    plannedPolicies(of, roles),
    remainingPolicies(of, current.policies, roles),
  ]);
  return withRemaining({ ...current, ...planned }, remaining);
}

function withRemaining(
  role: PlannedRole,
  remaining: readonly Pick<PlannedRole, "policies" | "unknown">[],
): PlannedRole {
  return {
    ...role,
    policies: [...role.policies, ...remaining.flatMap(({ policies }) => policies)],
    unknown: [...role.unknown, ...remaining.flatMap(({ unknown }) => unknown)],
  };
}
