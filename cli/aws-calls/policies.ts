import type { PolicyJson } from "../policy-json";

/** The name of a trust policy in an error. */
export const TRUST_POLICY = "the trust policy";

/** A policy attached to a role, or an inline policy. */
export interface Policy {
  /** The ARN of a managed policy, or the name of an inline policy. */
  readonly name: string;
  readonly document: PolicyJson;
}

/** A role with everything that decides what it can do. */
export interface RoleWithPolicies {
  readonly arn: string;
  readonly description?: string;
  /** In seconds. */
  readonly maxSessionDuration?: number;
  readonly trust: PolicyJson;
  readonly policies: readonly Policy[];
  readonly boundary?: Policy;
  readonly tags: Readonly<Record<string, string>>;
  /** Whether it can have other tags: a plan may not know them until apply. */
  readonly hasMoreTags?: boolean;
}

/** The roles of the account. */
export interface Roles {
  /** @returns undefined if there is no role with that name. */
  readonly named: (roleName: string) => Promise<RoleWithPolicies | undefined>;
  readonly policy: (arn: string) => Promise<PolicyJson>;
}
