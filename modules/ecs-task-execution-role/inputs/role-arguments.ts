import type { EcsTaskExecutionRoleProps } from "./props";

/** The props that are arguments of `aws_iam_role`, with the argument's name in CDKTF. */
export const ROLE_ARGUMENTS = {
  roleName: "name",
  roleNamePrefix: "namePrefix",
  path: "path",
  description: "description",
  maxSessionDuration: "maxSessionDuration",
  permissionsBoundary: "permissionsBoundary",
  tags: "tags",
  forceDetachPolicies: "forceDetachPolicies",
} as const satisfies Partial<Record<keyof EcsTaskExecutionRoleProps, string>>;

/** Every prop. */
export const PROP_NAMES: readonly (keyof EcsTaskExecutionRoleProps)[] = [
  ...(Object.keys(ROLE_ARGUMENTS) as (keyof typeof ROLE_ARGUMENTS)[]),
  "managedPolicies",
  "access",
  "trust",
  "exclusive",
  "provider",
];

type RoleArguments = {
  readonly [Prop in keyof typeof ROLE_ARGUMENTS as (typeof ROLE_ARGUMENTS)[Prop]]: EcsTaskExecutionRoleProps[Prop];
};

/** The arguments of the role that props set. */
export function roleArguments(props: EcsTaskExecutionRoleProps): RoleArguments {
  const set = Object.entries(ROLE_ARGUMENTS).map(([prop, argument]) => [argument, props[prop as keyof typeof props]]);
  return Object.fromEntries(set) as RoleArguments;
}
