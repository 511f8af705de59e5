import type { TaskLocation } from "../../../modules/ecs-task-execution-role/aws/container-grants";
import type { Policy, Roles, RoleWithPolicies } from "../../account/policies";
import { CouldNotCheck } from "../../could-not-check";
import type { PolicyJson } from "../../verify/policies/policy-json";
import { isKept, type RoleOfPlan, resourcesOf, sharedAttachmentsOf } from "./attachments";
import type { PlanJson, PlannedResource } from "./plan-json";
import { configured, referredTo } from "./references";

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
  const { plan, all, role } = of;
  const { name, name_prefix: prefix, path, tags, description, assume_role_policy: trust } = role.values;
  const named = async (from: PlannedResource, argument: string): Promise<Policy> => {
    const arn = from.values[argument];
    const own = all.find(({ type, values }) => type === "aws_iam_policy" && values.arn === arn);
    if (typeof arn === "string") {
      return { name: arn, document: own ? document(own, "policy") : await roles.policy(arn) };
    }
    const [policy, ...others] = referredTo(plan, all, from, argument, "aws_iam_policy");
    if (!policy || others.length > 0) {
      throw new CouldNotCheck(`${argument} of ${from.address} is not known until apply`);
    }
    return { name: policy.address, document: document(policy, "policy") };
  };
  const isSet = configured(plan, role);
  const inBlocks = isSet.inline_policy ? ((role.values.inline_policy ?? []) as InlineBlock[]) : [];
  const inArguments = isSet.managed_policy_arns ? ((role.values.managed_policy_arns ?? []) as string[]) : [];
  const attachments = [...resourcesOf(of, "aws_iam_role_policy_attachment"), ...sharedAttachmentsOf(of)];
  // If the provider read a role without a boundary, the value is an empty string.
  const hasBoundary = Boolean(role.values.permissions_boundary) || isUnknown(plan, role, "permissions_boundary");
  const newArn = `arn:${partition}:iam::${account}:role${path ?? "/"}${name ?? `${prefix ?? ""}${role.address}`}`;
  return {
    arn: typeof role.values.arn === "string" ? role.values.arn : newArn,
    trust: parsed(trust, role, "assume_role_policy"),
    tags: (tags as Record<string, string> | null) ?? {},
    ...(typeof description === "string" && { description }),
    policies: [
      ...resourcesOf(of, "aws_iam_role_policy").map((one) => ({
        name: one.address,
        document: document(one, "policy"),
      })),
      ...inBlocks
        .filter((one) => one.policy)
        .map((one) => ({ name: one.name ?? "inline", document: parsed(one.policy, role, "inline_policy") })),
      ...(await Promise.all(attachments.map((one) => named(one, "policy_arn")))),
      ...(await Promise.all(inArguments.map(async (arn) => ({ name: arn, document: await roles.policy(arn) })))),
    ],
    ...(hasBoundary && { boundary: await named(role, "permissions_boundary") }),
  };
}

interface InlineBlock {
  readonly name?: string;
  readonly policy?: string;
}

/** An existing role as it is after the plan. Policies that are not in the plan stay, unless the plan removes them. */
export async function changedRole(of: RoleOfPlan, location: TaskLocation, roles: Roles): Promise<RoleWithPolicies> {
  const roleName = String(of.role.values.name);
  const [changed, is] = await Promise.all([plannedRole(of, location, roles), roles.named(roleName)]);
  const governed = (of.plan.resource_changes ?? [])
    .map(({ change }) => change.before ?? {})
    .filter((one) => one.role === roleName || (Array.isArray(one.roles) && one.roles.includes(roleName)))
    .map((one) => one.policy_arn ?? one.name);
  const stays = isKept(of);
  const others = (is?.policies ?? []).filter(({ name }) => !governed.includes(name) && stays(name));
  return { ...changed, policies: [...changed.policies, ...others] };
}

export function isUnknown(
  { resource_changes = [] }: PlanJson,
  { address }: PlannedResource,
  argument: string,
): boolean {
  return resource_changes.find((one) => one.address === address)?.change.after_unknown?.[argument] === true;
}

function document(of: PlannedResource, argument: string): PolicyJson {
  return parsed(of.values[argument], of, argument);
}

function parsed(text: unknown, { address }: PlannedResource, argument: string): PolicyJson {
  if (typeof text !== "string") {
    throw new CouldNotCheck(`${argument} of ${address} is not known until apply`);
  }
  return JSON.parse(text);
}
