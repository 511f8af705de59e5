import type { TerraformProvider } from "cdktf";
import type { TaskExecutionAccess } from "./access";
import type { TaskExecutionTrust } from "./trust";

/**
 * What a task execution role may be told. All of it is optional: without a prop the role gets the
 * four policies of {@link DEFAULT_MANAGED_POLICIES} and a unique name.
 *
 * A value that is not known yet (a token, a `${...}` expression) is never checked here; Terraform
 * and AWS check it.
 */
export interface EcsTaskExecutionRoleProps {
  /**
   * The role's name: 1 to 64 characters of `A-Z a-z 0-9 _ + = , . @ -`, unique in the account
   * without regard to case. Changing it replaces the role.
   *
   * @default - Terraform makes a unique name.
   * @throws Error if it has other characters or another length, or comes with `roleNamePrefix`.
   * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
   */
  readonly roleName?: string;

  /**
   * What a unique name begins with, used verbatim: 1 to 38 characters of the same set as
   * `roleName` (Terraform appends 26). Changing it replaces the role.
   *
   * @default - No prefix of yours.
   * @throws Error if it has other characters or another length, or comes with `roleName`.
   * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role#name_prefix
   */
  readonly roleNamePrefix?: string;

  /**
   * The role's IAM path: `/`, or 3 to 512 characters that begin and end with `/`, such as
   * `/ecs/orders/`. It is also the path of the access policy, which may have `A-Z a-z 0-9 . , + @ = _ -`
   * and single slashes only. Changing it replaces the role.
   *
   * @default "/"
   * @throws Error if it does not begin and end with `/`, holds a space, or is too long.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
   */
  readonly path?: string;

  /**
   * What the role is for: at most 1,000 characters of Latin-1 (no typographic quotes or dashes).
   *
   * @default - No description.
   * @throws Error if it is longer or has other characters.
   * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
   */
  readonly description?: string;

  /**
   * How long a session of the role may last, in seconds, a whole number from 3600 to 43200. It
   * does not limit the sessions that ECS itself opens.
   *
   * @default 3600
   * @throws Error if it is no whole number in that range.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use.html
   */
  readonly maxSessionDuration?: number;

  /**
   * The ARN of the managed policy that bounds what the role can ever do.
   *
   * @default - No permissions boundary.
   * @throws Error if it is not the ARN of an IAM policy.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  readonly permissionsBoundary?: string;

  /**
   * Tags, key -> value: at most 50; keys of 1 to 128 and values of 0 to 256 letters, digits,
   * spaces and `_ . : / = + - @`; no key begins with `aws:`. None are added to yours.
   *
   * @default - No tags but the provider's `default_tags`.
   * @throws Error if a key, a value or their number breaks one of these limits.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
   */
  readonly tags?: Readonly<Record<string, string>>;

  /**
   * Whether deleting the role also detaches policies that were attached after Terraform last read the role.
   * Those that it has read are always detached. `false` therefore does not keep the role from being deleted;
   * `role.lifecycle = { preventDestroy: true }` does.
   *
   * @default false
   * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role#force_detach_policies
   */
  readonly forceDetachPolicies?: boolean;

  /**
   * The managed policies to attach, fixed key -> policy.
   *
   * A policy is the name of an AWS managed policy with its path
   * (`service-role/AmazonECSTaskExecutionRolePolicy`) or the ARN of any policy; a value that is
   * not known yet is taken for an ARN. The key, 1 to 128 characters of `A-Z a-z 0-9 _ + = , . @ -`
   * but not `access`, is the attachment's address: removing one key never touches another's
   * attachment. Do not rename a key without `moveFromId`: Terraform attaches under the new key while
   * it detaches under the old one, which may leave the policy detached until the next apply.
   * AWS attaches 10 to a role unless the account's quota is raised, and 20 at most.
   *
   * @default DEFAULT_MANAGED_POLICIES, or none when `access` is given
   * @throws Error if a key or value is malformed, a well-known policy has the wrong path, a
   * policy stands under two keys, there are more than 20, or the map itself is not known yet.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
   */
  readonly managedPolicies?: Readonly<Record<string, string>>;

  /**
   * What ECS may reach on the task's behalf, as one customer managed policy that gives exactly that
   * (least privilege). It is named after the role, `ROLE-access`, and has its path and tags. Without
   * `managedPolicies` beside it, no AWS managed policy is attached.
   *
   * @default - What the managed policies give.
   * @throws Error if it gives nothing, an ARN is malformed, or the policy would be longer than the
   * 6,144 characters that IAM allows.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
   */
  readonly access?: TaskExecutionAccess;

  /**
   * From where ECS may assume the role, against the confused deputy problem.
   *
   * @default - No condition: the tasks of every account that may pass the role.
   * @throws Error if an account or ARN is malformed, or the trust names neither.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
   */
  readonly trust?: TaskExecutionTrust;

  /**
   * Whether the role has these policies and no others: a policy that other hands attached, and an
   * inline policy that they wrote, is removed at the next apply. Attach all of the role's policies
   * by `managedPolicies` then, none by a resource of your own. The plan does not name what will be removed, and a policy
   * that denies something is removed too: run `npm run verify` first.
   *
   * @default false - other policies stay, and Terraform does not see them.
   * @throws Error if it is neither true nor false.
   * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role_policy_attachments_exclusive
   */
  readonly exclusive?: boolean;

  /**
   * The AWS provider for every resource of the role, such as one with an alias for a second
   * account.
   *
   * @default - The stack's provider.
   * @see https://developer.hashicorp.com/terraform/language/providers/configuration#alias-multiple-provider-configurations
   */
  readonly provider?: TerraformProvider;
}
