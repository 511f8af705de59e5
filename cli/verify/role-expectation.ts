import {
  DEFAULT_MANAGED_POLICIES,
  managedPolicyArn,
} from "../../modules/ecs-task-execution-role/permissions/managed-policies";
import type { ExpectedStatement } from "./policies/expected-statement";

/** The expected role; every text can be a template. */
export interface RoleExpectation {
  readonly roleName: string;
  /** The ARNs of all policies attached. */
  readonly policyArns: readonly string[];
  readonly trust?: readonly ExpectedStatement[];
  readonly access?: ExpectedAccess;
  /** The ARN of the permissions boundary; null for none, undefined if not known. */
  readonly permissionsBoundary?: string | null;
}

/** The policy of `access`, one of those attached. */
export interface ExpectedAccess {
  readonly policyArn: string;
  readonly statements: readonly ExpectedStatement[];
}

/** The role's partition and account in a template. */
export const PARTITION = "${partition}";
export const ACCOUNT = "${account}";

/** The role of the workshop, which `main.ts` also creates. */
export function workshopsRole(roleName: string): RoleExpectation {
  const policyArns = Object.values(DEFAULT_MANAGED_POLICIES).map((policy) => managedPolicyArn(PARTITION, policy));
  return { roleName, policyArns, permissionsBoundary: null };
}
