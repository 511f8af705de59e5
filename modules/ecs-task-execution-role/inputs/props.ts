import type { TerraformProvider } from "cdktf";
import type { TaskExecutionAccess } from "./access";
import type { TaskExecutionTrust } from "./trust";

/**
 * Properties of {@link EcsTaskExecutionRole}. All are optional: by default, the role has a generated name and the four
 * policies in {@link DEFAULT_MANAGED_POLICIES}.
 *
 * Terraform and AWS check values that are unknown at synth (tokens and `${...}` expressions).
 */
export interface EcsTaskExecutionRoleProps {
  /**
   * Name of the role: 1 to 64 characters of `A-Z a-z 0-9 _ + = , . @ -`. It must be unique in the account,
   * regardless of case. Changing it replaces the role.
   *
   * @default - Terraform generates a unique name.
   * @throws Error if the name is malformed or too long, or if `roleNamePrefix` is also set.
   * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
   */
  readonly roleName?: string;

  /**
   * Prefix of a generated name, used verbatim: 1 to 38 characters from the same set as
   * `roleName` (Terraform appends 26 characters). Changing it replaces the role.
   *
   * @default - No prefix.
   * @throws Error if the prefix is malformed or too long, or if `roleName` is also set.
   * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role#name_prefix
   */
  readonly roleNamePrefix?: string;

  /**
   * IAM path of the role: `/`, or 3 to 512 characters that begin and end with `/`, such as
   * `/ecs/orders/`. The access policy has the same path. If you set `access`, the path can contain only
   * `A-Z a-z 0-9 . , + @ = _ -` and single slashes. Changing it replaces the role.
   *
   * @default "/"
   * @throws Error if it does not begin and end with `/`, contains a space, or is too long.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
   */
  readonly path?: string;

  /**
   * Description of the role: at most 1,000 Latin-1 characters (no typographic quotes or dashes).
   *
   * @default - No description.
   * @throws Error if it is too long or contains other characters.
   * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
   */
  readonly description?: string;

  /**
   * Maximum session duration of the role in seconds: an integer from 3600 to 43200. It does not limit the
   * sessions that ECS opens.
   *
   * @default 3600
   * @throws Error if it is not an integer in that range.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use.html
   */
  readonly maxSessionDuration?: number;

  /**
   * ARN of the managed policy to set as the permissions boundary of the role.
   *
   * @default - No permissions boundary.
   * @throws Error if it is not the ARN of an IAM policy.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  readonly permissionsBoundary?: string;

  /**
   * Tags of the role and its access policy, at most 50. Keys have 1 to 128 characters and values 0 to 256: letters,
   * digits, spaces and `_ . : / = + @ -`. A key must not begin with `aws:`. The construct adds no tags of its own.
   *
   * @default - Only the provider's `default_tags`.
   * @throws Error if a key or a value is malformed or too long, or if there are too many tags.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
   */
  readonly tags?: Readonly<Record<string, string>>;

  /**
   * Whether destroying the role also detaches policies that were attached after the last refresh.
   * Policies that the last refresh found are always detached, so `false` does not protect the role from being
   * destroyed; `role.lifecycle = { preventDestroy: true }` does.
   *
   * @default false
   * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role#force_detach_policies
   */
  readonly forceDetachPolicies?: boolean;

  /**
   * Map of managed policies to attach.
   *
   * Each value is the name of an AWS managed policy, including its path
   * (`service-role/AmazonECSTaskExecutionRolePolicy`), or the ARN of any managed policy. A value that is unknown at
   * synth must be an ARN. Each key has 1 to 128 characters of `A-Z a-z 0-9 _ + = , . @ -` and is part of the
   * address of the attachment, so removing one key does not affect other attachments. The key `access` is reserved.
   * If you rename a key, use `moveFromId`: otherwise Terraform attaches the policy under the new key and detaches it
   * under the old one, which can leave it detached until the next apply. AWS allows 10 attachments per role, and up
   * to 20 if you raise the account's quota.
   *
   * @default - The four AWS managed policies of the workshop, or none if `access` is set.
   * @throws Error if a key or value is malformed, a well-known policy has the wrong path, a
   * policy appears under two keys, there are more than 20 policies, or the map itself is unknown at synth.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
   */
  readonly managedPolicies?: Readonly<Record<string, string>>;

  /**
   * Resources that ECS can access on behalf of the task. The construct creates one customer managed policy that allows
   * this access and nothing else (least privilege). The policy is named `ROLE-access` and has the path and tags
   * of the role. If you set `access` without `managedPolicies`, no AWS managed policy is attached.
   *
   * @default - Only the managed policies grant access.
   * @throws Error if it is empty, an ARN is malformed, or the policy exceeds IAM's limit of 6,144 characters.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
   */
  readonly access?: TaskExecutionAccess;

  /**
   * Restricts the tasks for which ECS can assume the role, to prevent the confused deputy problem.
   *
   * @default - No condition.
   * @throws Error if an account or ARN is malformed, or neither is set.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
   */
  readonly trust?: TaskExecutionTrust;

  /**
   * Whether the next apply removes all inline policies and all policies that were attached outside Terraform, after the
   * role's own policies are attached. Otherwise they stay attached, and Terraform does not detect them. If you enable
   * it, attach every policy through `managedPolicies`, not through a separate attachment resource. The plan does not
   * list the policies that will be removed, and they can include policies that deny access: run
   * `npx ecs-task-execution-role verify` first.
   *
   * @default false
   * @throws Error if it is not a boolean.
   * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role_policy_attachments_exclusive
   */
  readonly exclusive?: boolean;

  /**
   * AWS provider for all resources of the construct, such as an aliased provider for a second account.
   *
   * @default - The stack's provider.
   * @see https://developer.hashicorp.com/terraform/language/providers/configuration#alias-multiple-provider-configurations
   */
  readonly provider?: TerraformProvider;
}
