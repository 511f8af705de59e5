import type { PolicyJson } from "../verify/policies/policy-json";

/** A policy of a role. */
export interface Policy {
  /** The ARN of a managed policy, the name of an inline one. */
  readonly name: string;
  readonly document: PolicyJson;
}

/** A role with all that decides what it may do. */
export interface RoleWithPolicies {
  readonly arn: string;
  readonly description?: string;
  /** In seconds. */
  readonly maxSessionDuration?: number;
  readonly trust: PolicyJson;
  readonly policies: readonly Policy[];
  readonly boundary?: Policy;
  readonly tags: Readonly<Record<string, string>>;
}

/** The roles of the account. */
export interface Roles {
  /** @returns undefined if there is no role of that name. */
  readonly named: (roleName: string) => Promise<RoleWithPolicies | undefined>;
  readonly policy: (arn: string) => Promise<PolicyJson>;
}
