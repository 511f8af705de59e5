import { DEFAULT_MANAGED_POLICIES } from "../../modules/ecs-task-execution-role/aws/managed-policies";
import type { PolicyJson } from "./policies/policy-json";

/** What a role should be; every text may be a template. */
export interface RoleExpectation {
  readonly roleName: string;
  /** The ARNs of all policies attached. */
  readonly policyArns: readonly string[];
  readonly trust?: PolicyJson;
  readonly access?: ExpectedAccess;
}

/** The policy that gives the access, one of those attached. */
export interface ExpectedAccess {
  readonly policyArn: string;
  readonly document: PolicyJson;
  /** Whether only Terraform knows which of the statements and resources there are. */
  readonly atMost: boolean;
}

/** What the role's partition and account are called in a template. */
export const PARTITION = "partition";
export const ACCOUNT = "account";

/** The role of the workshop, which is also that of `main.ts`. */
export function workshopsRole(roleName: string): RoleExpectation {
  const policyArns = Object.values(DEFAULT_MANAGED_POLICIES).map(
    (policy) => `arn:\${${PARTITION}}:iam::aws:policy/${policy}`,
  );
  return { roleName, policyArns };
}
