import type { TaskLocation } from "../../../modules/ecs-task-execution-role/aws/container-grants";
import { type Roles, type RoleWithPolicies, TRUST_POLICY } from "../../account/policies";
import { nameIn } from "../../arns";
import { documentIn } from "../../findings/documents/json";
import type { RoleOfPlan } from "./attachments";
import { afterUnknown, hasUnknown } from "./plan-json";
import { notKnown, plannedPolicies, policyAt, remainingPolicies } from "./planned-policies";

/**
 * A role as a plan creates it.
 *
 * @throws CouldNotCheck if a document is not known until apply.
 */
export async function plannedRole(
  of: RoleOfPlan,
  { partition, account }: TaskLocation,
  roles: Roles,
): Promise<RoleWithPolicies> {
  const { plan, role } = of;
  const {
    name,
    name_prefix: prefix,
    path,
    tags,
    tags_all: allTags,
    description,
    assume_role_policy: trust,
  } = role.values;
  // If the provider read a role without a boundary, the value is an empty string.
  const hasBoundary =
    Boolean(role.values.permissions_boundary) || afterUnknown(plan, role, "permissions_boundary") === true;
  const newArn = `arn:${partition}:iam::${account}:role${path ?? "/"}${name ?? `${prefix ?? ""}${role.address}`}`;
  if (typeof trust !== "string") {
    throw notKnown(role, "assume_role_policy");
  }
  return {
    arn: typeof role.values.arn === "string" ? role.values.arn : newArn,
    trust: documentIn(trust, TRUST_POLICY),
    tags: ((allTags ?? tags) as Record<string, string> | null) ?? {},
    ...(hasUnknown(afterUnknown(plan, role, "tags_all")) && { hasMoreTags: true }),
    ...(typeof description === "string" && { description }),
    policies: await plannedPolicies(of, roles),
    ...(hasBoundary && { boundary: await policyAt(of, role, "permissions_boundary", roles) }),
  };
}

/** An existing role of a plan, as it is after the plan. */
export async function changedRole(of: RoleOfPlan, location: TaskLocation, roles: Roles): Promise<RoleWithPolicies> {
  const [changed, is] = await Promise.all([plannedRole(of, location, roles), roles.named(String(of.role.values.name))]);
  const remaining = await remainingPolicies(of, is?.policies ?? [], roles);
  return { ...changed, policies: [...changed.policies, ...remaining] };
}

/** A role that is not a resource of a plan, with the policies that the plan adds to it or removes from it. */
export async function withPlannedPolicies(
  { plan, all }: Omit<RoleOfPlan, "role">,
  is: RoleWithPolicies,
  roles: Roles,
): Promise<RoleWithPolicies> {
  const { arn } = is;
  const values = { arn, name: nameIn(arn) };
  const of = { plan, all, role: { address: arn, type: "aws_iam_role", name: "", modules: [], values } };
  const [planned, remaining] = await Promise.all([
    plannedPolicies(of, roles),
    remainingPolicies(of, is.policies, roles),
  ]);
  return { ...is, policies: [...planned, ...remaining] };
}
