import type { Policy, RoleWithPolicies } from "../../account/policies";
import { CouldNotCheck } from "../../could-not-check";
import type { PolicyJson } from "../../verify/policies/policy-json";
import type { PlanJson, PlannedResource } from "./plan-json";
import { referredTo } from "./references";

/** Reads a managed policy of the account. */
export type ReadPolicy = (arn: string) => Promise<PolicyJson>;

/**
 * A role as a plan creates it.
 *
 * @throws CouldNotCheck if a document is known only after the apply.
 */
export async function plannedRole(
  plan: PlanJson,
  all: readonly PlannedResource[],
  role: PlannedResource,
  account: { readonly partition: string; readonly account: string; readonly read: ReadPolicy },
): Promise<RoleWithPolicies> {
  const { name, name_prefix: prefix, path, tags, description, assume_role_policy: trust } = role.values;
  const isOfRole = (one: PlannedResource) =>
    referredTo(plan, all, one, "role", "aws_iam_role").includes(role) ||
    (typeof one.values.role === "string" && one.values.role === name);
  const named = async (from: PlannedResource, argument: string): Promise<Policy> => {
    const arn = from.values[argument];
    if (typeof arn === "string") {
      return { name: arn, document: await account.read(arn) };
    }
    const [policy] = referredTo(plan, all, from, argument, "aws_iam_policy");
    return { name: String(policy?.address ?? from.address), document: document(policy ?? from, "policy") };
  };
  const of = (type: string) => all.filter((one) => one.type === type && isOfRole(one));
  const inBlocks = (role.values.inline_policy as { name?: string; policy?: string }[] | undefined) ?? [];
  const inArguments = (role.values.managed_policy_arns as string[] | undefined) ?? [];
  const hasBoundary = role.values.permissions_boundary != null || isUnknown(plan, role, "permissions_boundary");
  return {
    arn: `arn:${account.partition}:iam::${account.account}:role${path ?? "/"}${name ?? `${prefix ?? ""}${role.address}`}`,
    trust: parsed(trust, role, "assume_role_policy"),
    tags: (tags as Record<string, string> | null) ?? {},
    ...(typeof description === "string" && { description }),
    policies: [
      ...of("aws_iam_role_policy").map((one) => ({ name: one.address, document: document(one, "policy") })),
      ...inBlocks
        .filter((one) => one.policy)
        .map((one) => ({ name: one.name ?? "inline", document: parsed(one.policy, role, "inline_policy") })),
      ...(await Promise.all(of("aws_iam_role_policy_attachment").map((one) => named(one, "policy_arn")))),
      ...(await Promise.all(inArguments.map(async (arn) => ({ name: arn, document: await account.read(arn) })))),
    ],
    ...(hasBoundary && { boundary: await named(role, "permissions_boundary") }),
  };
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
