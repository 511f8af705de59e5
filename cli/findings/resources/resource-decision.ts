import type { NeededCall } from "../../needs/needed-call";
import type { Expression } from "../evaluation/expression";
import type { Request } from "../evaluation/request";
import type { Fact } from "../evaluation/unknown-facts";

/** What the policy of a resource decides about a call with a role. */
export interface ResourceDecision {
  readonly denies: Expression<Fact>;
  /** Whether the call is allowed, given what the policies of the role allow. */
  readonly grants: (byRole: Expression<Fact>) => Expression<Fact>;
  /** Why the call is denied, whatever the role allows; undefined if it is not. */
  readonly why: () => string | undefined;
}

/** @param request what is known about the call; asked for only if a policy decides it. */
export type ResourceDecisions = (call: NeededCall, request: () => Promise<Request>) => Promise<ResourceDecision>;

/** A policy that is not read decides nothing. */
export const NO_DECISION: ResourceDecision = { denies: false, grants: (byRole) => byRole, why: () => undefined };
