import type { Policy, Roles } from "../../account/policies";
import { CouldNotCheck } from "../../could-not-check";
import { documentIn } from "../../findings/documents/json";
import type { PolicyJson } from "../../verify/policies/policy-json";
import { isKept, namesIn, type RoleOfPlan, resourcesOf, sharedAttachmentsOf } from "./attachments";
import { afterUnknown, hasUnknown, type PlannedResource } from "./plan-json";
import { configured, referredTo } from "./references";

/**
 * The policies that a plan gives to a role.
 *
 * @throws CouldNotCheck if a document is not known until apply.
 */
export async function plannedPolicies(of: RoleOfPlan, roles: Roles): Promise<Policy[]> {
  const { plan, role } = of;
  const isSet = configured(plan, role);
  const inBlocks = isSet.inline_policy ? (known(of, "inline_policy") as InlineBlock[]) : [];
  const inArguments = isSet.managed_policy_arns ? (known(of, "managed_policy_arns") as string[]) : [];
  const attachments = [...resourcesOf(of, "aws_iam_role_policy_attachment"), ...sharedAttachmentsOf(of)];
  // This resource also attaches what is not attached yet.
  const exclusive = resourcesOf(of, "aws_iam_role_policy_attachments_exclusive", "role_name");
  const arns = [...inArguments, ...exclusive.flatMap(({ values }) => namesIn(values.policy_arns) as string[])];
  const policies = [
    ...resourcesOf(of, "aws_iam_role_policy").map((one) => ({ name: one.address, document: document(one) })),
    ...inBlocks
      .filter((one) => one.policy)
      .map((one) => ({ name: one.name ?? "inline", document: documentIn(one.policy ?? "", one.name ?? "inline") })),
    ...(await Promise.all(attachments.map((one) => policyAt(of, one, "policy_arn", roles)))),
    ...(await Promise.all(arns.filter(Boolean).map((arn) => managedPolicy(of, arn, roles)))),
  ];
  return [...new Map(policies.map((policy) => [policy.name, policy])).values()];
}

/** The policies of an existing role that a plan neither manages nor removes. */
export async function remainingPolicies(of: RoleOfPlan, now: readonly Policy[], roles: Roles): Promise<Policy[]> {
  const { plan, role } = of;
  const { name: roleName } = role.values;
  const governed = (plan.resource_changes ?? [])
    // "forget" removes a resource from the state, but not from AWS.
    .filter(({ change }) => !change.actions.includes("forget"))
    .map(({ change }) => change.before ?? {})
    .filter((one) => one.role === roleName || (Array.isArray(one.roles) && one.roles.includes(roleName)))
    .map((one) => one.policy_arn ?? one.name);
  const stays = isKept(of);
  const remaining = now.filter(({ name }) => !governed.includes(name) && stays(name));
  return Promise.all(
    remaining.map((policy) => (policy.name.startsWith("arn:") ? managedPolicy(of, policy.name, roles) : policy)),
  );
}

/** The managed policy that an argument of a resource names. */
export async function policyAt(of: RoleOfPlan, from: PlannedResource, argument: string, roles: Roles): Promise<Policy> {
  const arn = from.values[argument];
  if (typeof arn === "string") {
    return managedPolicy(of, arn, roles);
  }
  const [policy, ...others] = referredTo(of.plan, of.all, from, argument, "aws_iam_policy");
  if (!policy || others.length > 0) {
    throw notKnown(from, argument);
  }
  return { name: policy.address, document: document(policy) };
}

/** A managed policy as it is after the plan. */
async function managedPolicy({ all }: RoleOfPlan, arn: string, roles: Roles): Promise<Policy> {
  const own = all.find(({ type, values }) => type === "aws_iam_policy" && values.arn === arn);
  return { name: arn, document: own ? document(own) : await roles.policy(arn) };
}

interface InlineBlock {
  readonly name?: string;
  readonly policy?: string;
}

/** A list in an argument of the role. @throws CouldNotCheck if a part of it is not known until apply. */
function known({ plan, role }: RoleOfPlan, argument: string): readonly unknown[] {
  if (hasUnknown(afterUnknown(plan, role, argument))) {
    throw notKnown(role, argument);
  }
  return namesIn(role.values[argument]);
}

function document(of: PlannedResource): PolicyJson {
  const { policy } = of.values;
  if (typeof policy !== "string") {
    throw notKnown(of, "policy");
  }
  return documentIn(policy, of.address);
}

export function notKnown({ address }: PlannedResource, argument: string): CouldNotCheck {
  return new CouldNotCheck(`${argument} of ${address} is not known until apply`);
}
