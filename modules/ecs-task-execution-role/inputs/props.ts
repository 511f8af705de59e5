import type { TerraformProvider } from "cdktf";
import type { TaskExecutionAccess } from "./access";
import type { TaskExecutionTrust } from "./trust";

/**
 * Properties of a task execution role. All are optional: by default, the role has the four policies of
 * {@link DEFAULT_MANAGED_POLICIES} and a generated name.
 *
 * Values that are known after apply (tokens, `${...}` expressions) are checked by Terraform.
 */
export interface EcsTaskExecutionRoleProps {
  /**
   * The role's name: 1 to 64 characters of `A-Z a-z 0-9 _ + = , . @ -`, unique in the account
   * without regard to case. Changing it replaces the role.
   *
   * @default - A generated name.
   * @throws Error if it has other characters or another length, or comes with `roleNamePrefix`.
   * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
   */
  readonly roleName?: string;

  /**
   * The prefix of a generated name, used verbatim: 1 to 38 characters of the same set as
   * `roleName` (Terraform appends 26). Changing it replaces the role.
   *
   * @default - No prefix.
   * @throws Error if it has other characters or another length, or comes with `roleName`.
   * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role#name_prefix
   */
  readonly roleNamePrefix?: string;

  /**
   * The role's IAM path: `/`, or 3 to 512 characters that begin and end with `/`, such as
   * `/ecs/orders/`. It is also the path of the access policy, which can have `A-Z a-z 0-9 . , + @ = _ -`
   * and single slashes only. Changing it replaces the role.
   *
   * @default "/"
   * @throws Error if it does not begin and end with `/`, holds a space, or is too long.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
   */
  readonly path?: string;

  /**
   * The description of the role: at most 1,000 characters of Latin-1 (no typographic quotes or dashes).
   *
   * @default - No description.
   * @throws Error if it is longer or has other characters.
   * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
   */
  readonly description?: string;

  /**
   * The maximum duration of a session, in seconds, a whole number from 3600 to 43200. It does not limit the sessions of
   * ECS.
   *
   * @default 3600
   * @throws Error if it is not a whole number in that range.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use.html
   */
  readonly maxSessionDuration?: number;

  /**
   * The ARN of the managed policy that is the permissions boundary of the role.
   *
   * @default - No permissions boundary.
   * @throws Error if it is not the ARN of an IAM policy.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  readonly permissionsBoundary?: string;

  /**
   * Tags, key -> value: at most 50; keys of 1 to 128 and values of 0 to 256 letters, digits,
   * spaces and `_ . : / = + - @`; no key begins with `aws:`.
   *
   * @default - No tags other than the provider's `default_tags`.
   * @throws Error if a key, a value or their number breaks one of these limits.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
   */
  readonly tags?: Readonly<Record<string, string>>;

  /**
   * Whether deleting the role also detaches policies that were attached after the last refresh. Policies that Terraform
   * knows are always detached. To protect the role from deletion, set `role.lifecycle = { preventDestroy: true }`.
   *
   * @default false
   * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role#force_detach_policies
   */
  readonly forceDetachPolicies?: boolean;

  /**
   * The managed policies to attach, by a fixed key.
   *
   * A policy is the name of an AWS managed policy with its path
   * (`service-role/AmazonECSTaskExecutionRolePolicy`) or the ARN of any policy; a value that is
   * known after apply must be an ARN. The key, 1 to 128 characters of `A-Z a-z 0-9 _ + = , . @ -`
   * but not `access`, is part of the attachment's address: removing one key never changes another
   * attachment. Do not rename a key without `moveFromId`: Terraform attaches under the new key while
   * it detaches under the old one, which may leave the policy detached until the next apply.
   * AWS attaches 10 to a role unless the account's quota is raised, and 20 at most.
   *
   * @default DEFAULT_MANAGED_POLICIES, or none when `access` is set
   * @throws Error if a key or value is malformed, a well-known policy has the wrong path, a
   * policy stands under two keys, there are more than 20, or the map itself is not known yet.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
   */
  readonly managedPolicies?: Readonly<Record<string, string>>;

  /**
   * What ECS can access to start the task. One customer managed policy grants exactly that (least privilege). Its name is
   * `ROLE-access`, and it has the role's path and tags. Unless `managedPolicies` is set too, no AWS managed policy is attached.
   *
   * @default - What the managed policies allow.
   * @throws Error if it grants nothing, an ARN is malformed, or the policy would be longer than the
   * 6,144 characters that IAM allows.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
   */
  readonly access?: TaskExecutionAccess;

  /**
   * Restricts which tasks can use the role, to prevent the confused deputy problem.
   *
   * @default - No condition.
   * @throws Error if an account or ARN is malformed, or the trust names neither.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
   */
  readonly trust?: TaskExecutionTrust;

  /**
   * Whether the next apply removes policies that were attached outside Terraform, and inline policies. Attach all policies of
   * the role with `managedPolicies`, not with resources of your own. The plan does not name what the apply removes, which can
   * be a policy that denies something: run `npm run verify` first.
   *
   * @default false - Other policies stay, and Terraform does not see them.
   * @throws Error if it is neither true nor false.
   * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role_policy_attachments_exclusive
   */
  readonly exclusive?: boolean;

  /**
   * The AWS provider of all resources of the role, for example one with an alias for another account.
   *
   * @default - The stack's provider.
   * @see https://developer.hashicorp.com/terraform/language/providers/configuration#alias-multiple-provider-configurations
   */
  readonly provider?: TerraformProvider;
}
