import type { Roles } from "../../../aws-calls/policies";
import { CouldNotCheck } from "../../../could-not-check";
import { isUnknown, type Plan, type PlannedResource } from "../json/plan-json";
import { configured, providerOf, referredTo } from "../json/references";

/** A role in a plan, and the roles of the account. */
export interface RoleOfPlan {
  readonly plan: Plan;
  readonly role: PlannedResource;
  readonly roles: Roles;
}

/** A resource that is about a role, or that may be: the plan does not always show which role an argument names. */
export interface AboutRole {
  readonly resource: PlannedResource;
  /** The argument that names the role. */
  readonly argument: string;
  readonly isCertain: boolean;
}

/** The resources of a type that refer to a role. */
export function resourcesOf(of: RoleOfPlan, type: string, argument = "role"): AboutRole[] {
  return of.plan.resources
    .filter((one) => one.type === type)
    .flatMap((resource) => {
      const isCertain = isAbout(of, resource, argument);
      return isCertain === false ? [] : [{ resource, argument, isCertain: isCertain === true }];
    });
}

/** @returns undefined if this is not known until apply. */
function isAbout({ plan, role }: RoleOfPlan, one: PlannedResource, argument: string): boolean | undefined {
  const names = namesIn(one.values[argument]);
  if (names.includes(role.values.name ?? NONE)) {
    return isSameAccount(plan, one, role);
  }
  if (!isUnknown(plan, one, argument)) {
    return false;
  }
  const roles = referredTo(plan, one, argument, "aws_iam_role");
  const isCreated = typeof role.values.arn !== "string";
  const isUnclear = roles.length === 0 ? isCreated : argument !== "roles" && roles.length > 1 && roles.includes(role);
  return isUnclear ? undefined : roles.includes(role);
}

/** Whether an ARN is that of a planned role or policy. Before it is created, only its name tells. */
export function isNamed({ type, values }: PlannedResource, arn: string): boolean {
  const { arn: known, name, path } = values;
  // AWS managed policies have no account ID.
  const [, resource] = arn.match(/^arn:[^:]+:iam::[0-9]{12}:(.*)$/) ?? [];
  return typeof known === "string"
    ? known === arn
    : typeof name === "string" && resource === `${type.replace("aws_iam_", "")}${path ?? "/"}${name}`;
}

/** Providers with different aliases are for different accounts or Regions. */
export function isSameAccount(plan: Plan, one: PlannedResource, role: PlannedResource): boolean {
  const [provider, ofRole] = [providerOf(plan, one), providerOf(plan, role)];
  return provider === undefined || ofRole === undefined || provider === ofRole;
}

/** The resources that attach one policy to all their roles, and detach it from every other role. */
export function sharedAttachmentsOf(of: RoleOfPlan): AboutRole[] {
  return resourcesOf(of, "aws_iam_policy_attachment", "roles");
}

/**
 * Whether a policy that the role has now, and that is not in the plan, is still attached after the apply.
 *
 * @throws CouldNotCheck if the plan does not show which roles lose such policies.
 */
export function isKept(of: RoleOfPlan): (policy: string) => boolean {
  const { plan, role } = of;
  const isSet = configured(plan, role);
  const exclusive = (type: string, argument: string) =>
    resourcesOf(of, type, "role_name").map(({ resource, isCertain }) => {
      if (!isCertain) {
        throw new CouldNotCheck(
          `role_name of ${resource.address} is known only after apply, and may be ${role.address}`,
        );
      }
      return resource.values[argument];
    });
  const onlyManaged = [
    ...exclusive("aws_iam_role_policy_attachments_exclusive", "policy_arns"),
    ...(isSet.managed_policy_arns ? [role.values.managed_policy_arns] : []),
  ].map(namesIn);
  const onlyInline = [
    ...exclusive("aws_iam_role_policies_exclusive", "policy_names").map(namesIn),
    ...(isSet.inline_policy ? [[]] : []),
  ];
  const own = sharedAttachmentsOf(of).map(({ resource }) => resource);
  const ofOthers = plan.resources
    .filter((one) => one.type === "aws_iam_policy_attachment" && !own.includes(one))
    .map(({ values }) => values.policy_arn);
  return (policy) => {
    const only = policy.startsWith("arn:") ? onlyManaged : onlyInline;
    return only.every((names) => names.includes(policy)) && !ofOthers.includes(policy);
  };
}

const NONE = Symbol("no name");

/** The known names in an argument. */
export function namesIn(value: unknown): readonly unknown[] {
  return [value ?? []].flat().filter((one) => one !== null);
}
