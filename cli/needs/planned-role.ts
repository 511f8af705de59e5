import type { RoleWithPolicies } from "../aws-calls/policies";
import type { PolicyJson } from "../policy-json";

/** A policy of a role that a plan does not show as a whole before the apply. */
export interface UnknownPolicy {
  /** The argument that is not known: `policy of aws_iam_policy.orders`. */
  readonly field: string;
  /** The addresses that it waits for. */
  readonly waitsFor: readonly string[];
  /** The statements that it may have, each as wide as it can be. */
  readonly document: PolicyJson;
}

/** A role as it is after a plan. Its documents have the statements, and the parts of statements, that are known. */
export interface PlannedRole extends RoleWithPolicies {
  readonly unknown: readonly UnknownPolicy[];
  readonly unknownTrust?: UnknownPolicy;
  readonly unknownBoundary?: UnknownPolicy;
}
