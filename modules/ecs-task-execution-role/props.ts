import type { TerraformProvider } from "cdktf";

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
   * `/ecs/orders/`. Changing it replaces the role.
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
   * Whether deleting the role first detaches the policies that other hands attached to it, which
   * would keep it from being deleted.
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
   * not known yet is taken for an ARN. The key is the attachment's address: removing one key
   * never touches another's attachment, and renaming a key detaches and attaches the policy.
   * AWS attaches 10 to a role unless the account's quota is raised, and 20 at most.
   *
   * @default DEFAULT_MANAGED_POLICIES
   * @throws Error if a key or value is malformed, a well-known policy has the wrong path, a
   * policy stands under two keys, there are more than 20, or the map itself is not known yet.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
   */
  readonly managedPolicies?: Readonly<Record<string, string>>;

  /**
   * The AWS provider for every resource of the role, such as one with an alias for a second
   * account.
   *
   * @default - The stack's provider.
   */
  readonly provider?: TerraformProvider;
}
