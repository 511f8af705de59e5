import { CouldNotCheck } from "../../could-not-check";
import type { PlanJson, PlannedResource } from "./plan-json";
import { configured, providerOf, referredTo } from "./references";

/** A role in a plan, with the plan and all its resources. */
export interface RoleOfPlan {
  readonly plan: PlanJson;
  readonly all: readonly PlannedResource[];
  readonly role: PlannedResource;
}

/** The resources of a type that refer to a role. */
export function resourcesOf(of: RoleOfPlan, type: string, argument = "role"): PlannedResource[] {
  return of.all.filter((one) => one.type === type && isAbout(of, one, argument));
}

/** @throws CouldNotCheck if this is not known until apply. */
function isAbout({ plan, all, role }: RoleOfPlan, one: PlannedResource, argument: string): boolean {
  const named = one.values[argument];
  if (typeof named === "string") {
    return named === role.values.name && isSameAccount(plan, one, role);
  }
  const roles = referredTo(plan, all, one, argument, "aws_iam_role");
  const isCreated = typeof role.values.arn !== "string";
  if (roles.length > 1 ? roles.includes(role) : roles.length === 0 && isCreated) {
    throw new CouldNotCheck(`${argument} of ${one.address} is not known until apply, and may refer to ${role.address}`);
  }
  return roles[0] === role;
}

/** Providers with different aliases are for different accounts or Regions. */
function isSameAccount(plan: PlanJson, one: PlannedResource, role: PlannedResource): boolean {
  const [provider, ofRole] = [providerOf(plan, one), providerOf(plan, role)];
  return provider === undefined || ofRole === undefined || provider === ofRole;
}

/** The resources that attach one policy to all their roles, and detach it from every other role. */
export function sharedAttachmentsOf({ plan, all, role }: RoleOfPlan): PlannedResource[] {
  return all.filter(
    (one) =>
      one.type === "aws_iam_policy_attachment" &&
      ((namesIn(one.values.roles).includes(role.values.name ?? NONE) && isSameAccount(plan, one, role)) ||
        referredTo(plan, all, one, "roles", "aws_iam_role").includes(role)),
  );
}

/** Whether a policy that the role has now, and that is not in the plan, is still attached after the apply. */
export function isKept(of: RoleOfPlan): (policy: string) => boolean {
  const { plan, all, role } = of;
  const isSet = configured(plan, role);
  const onlyManaged = [
    ...resourcesOf(of, "aws_iam_role_policy_attachments_exclusive", "role_name").map((one) => one.values.policy_arns),
    ...(isSet.managed_policy_arns ? [role.values.managed_policy_arns] : []),
  ].map(namesIn);
  const onlyInline = [
    ...resourcesOf(of, "aws_iam_role_policies_exclusive", "role_name").map((one) => namesIn(one.values.policy_names)),
    ...(isSet.inline_policy ? [[]] : []),
  ];
  const own = sharedAttachmentsOf(of);
  const ofOthers = all
    .filter((one) => one.type === "aws_iam_policy_attachment" && !own.includes(one))
    .map(({ values }) => values.policy_arn);
  return (policy) => {
    const only = policy.startsWith("arn:") ? onlyManaged : onlyInline;
    return only.every((names) => names.includes(policy)) && !ofOthers.includes(policy);
  };
}

const NONE = Symbol("no name");

export function namesIn(value: unknown): readonly unknown[] {
  return (value as readonly unknown[] | null | undefined) ?? [];
}
