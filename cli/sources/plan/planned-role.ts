import type { TaskLocation } from "../../../modules/ecs-task-execution-role/aws/container-grants";
import type { Policy, Roles, RoleWithPolicies } from "../../account/policies";
import { CouldNotCheck } from "../../could-not-check";
import type { PolicyJson } from "../../verify/policies/policy-json";
import type { PlanJson, PlannedResource } from "./plan-json";
import { configured, referredTo } from "./references";

/**
 * A role as a plan creates it.
 *
 * @throws CouldNotCheck if a document is known only after the apply.
 */
export async function plannedRole(
  plan: PlanJson,
  all: readonly PlannedResource[],
  role: PlannedResource,
  { partition, account }: TaskLocation,
  roles: Roles,
): Promise<RoleWithPolicies> {
  const { name, name_prefix: prefix, path, tags, description, assume_role_policy: trust } = role.values;
  const isOfRole = (one: PlannedResource) =>
    referredTo(plan, all, one, "role", "aws_iam_role").includes(role) ||
    (typeof one.values.role === "string" && one.values.role === name);
  const named = async (from: PlannedResource, argument: string): Promise<Policy> => {
    const arn = from.values[argument];
    const own = all.find(({ type, values }) => type === "aws_iam_policy" && values.arn === arn);
    if (typeof arn === "string") {
      return { name: arn, document: own ? document(own, "policy") : await roles.policy(arn) };
    }
    const [policy] = referredTo(plan, all, from, argument, "aws_iam_policy");
    return { name: String(policy?.address ?? from.address), document: document(policy ?? from, "policy") };
  };
  const of = (type: string) => all.filter((one) => one.type === type && isOfRole(one));
  const isSet = configured(plan, role);
  const inBlocks = isSet.inline_policy ? ((role.values.inline_policy ?? []) as InlineBlock[]) : [];
  const inArguments = isSet.managed_policy_arns ? ((role.values.managed_policy_arns ?? []) as string[]) : [];
  // A role that was read without one has an empty text.
  const hasBoundary = Boolean(role.values.permissions_boundary) || isUnknown(plan, role, "permissions_boundary");
  const newArn = `arn:${partition}:iam::${account}:role${path ?? "/"}${name ?? `${prefix ?? ""}${role.address}`}`;
  return {
    arn: typeof role.values.arn === "string" ? role.values.arn : newArn,
    trust: parsed(trust, role, "assume_role_policy"),
    tags: (tags as Record<string, string> | null) ?? {},
    ...(typeof description === "string" && { description }),
    policies: [
      ...of("aws_iam_role_policy").map((one) => ({ name: one.address, document: document(one, "policy") })),
      ...inBlocks
        .filter((one) => one.policy)
        .map((one) => ({ name: one.name ?? "inline", document: parsed(one.policy, role, "inline_policy") })),
      ...(await Promise.all(of("aws_iam_role_policy_attachment").map((one) => named(one, "policy_arn")))),
      ...(await Promise.all(inArguments.map(async (arn) => ({ name: arn, document: await roles.policy(arn) })))),
    ],
    ...(hasBoundary && { boundary: await named(role, "permissions_boundary") }),
  };
}

interface InlineBlock {
  readonly name?: string;
  readonly policy?: string;
}

/** A role that exists, as a plan changes it: policies that the plan does not have stay. */
export async function changedRole(...args: Parameters<typeof plannedRole>): Promise<RoleWithPolicies> {
  const [plan, , { values }, , roles] = args;
  const [changed, is] = await Promise.all([plannedRole(...args), roles.named(String(values.name))]);
  const before = (plan.resource_changes ?? []).map((one) => one.change.before ?? {});
  const governed = before.filter(({ role }) => role === values.name).map((one) => one.policy_arn ?? one.name);
  const others = (is?.policies ?? []).filter(({ name }) => !governed.includes(name));
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
    throw new CouldNotCheck(`${argument} of ${address} is known only after the apply`);
  }
  return JSON.parse(text);
}
