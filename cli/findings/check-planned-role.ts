import { ECS_TASKS } from "../../modules/ecs-task-execution-role/permissions/trust-fields";
import type { RoleWithPolicies } from "../aws-calls/policies";
import { isAbout } from "../evaluation/matching-statements";
import { unique } from "../grouped";
import type { PlannedRole, UnknownPolicy } from "../needs/planned-role";
import type { Task } from "../needs/task";
import { list, type PolicyJson, type StatementJson } from "../policy-json";
import type { CheckedCall, RoleFindings, UnknownValue } from "./findings";

type Check = (role: RoleWithPolicies) => Promise<RoleFindings>;

/**
 * Checks a role of which a plan does not show everything. A call is allowed only if it is so without what the unknown
 * statements may allow and with what they may deny, and denied only if it is so the other way round. Any other call is
 * unknown.
 */
export async function checkPlannedRole(role: PlannedRole, tasks: readonly Task[], check: Check): Promise<RoleFindings> {
  const { unknown, unknownTrust, unknownBoundary } = role;
  const policies = [...unknown, unknownTrust, unknownBoundary].filter((one) => one !== undefined);
  if (policies.length === 0) {
    return check(role);
  }
  const [widest, narrowest] = [reading(role, "Allow"), reading(role, "Deny")];
  const trust = list(role.trust.Statement).length > 0 ? role.trust : widest.trust;
  const [known, most, least] = await Promise.all([
    check({ ...widest, trust, policies: role.policies }),
    check(widest),
    check(narrowest),
  ]);
  const decided = most.calls.filter((call) => !call.allowed || least.calls.some((other) => isSame(call, other)));
  const open = [...most.calls, ...least.calls].filter((call) => !decided.some((other) => isAboutSame(call, other)));
  return {
    ...known,
    calls: decided,
    unknown: [...known.unknown, ...policies.map((one) => asUnknown(one, open, tasks))],
  };
}

/** The role with all that unknown statements may allow, or with all that they may deny. */
function reading(planned: PlannedRole, effect: string): RoleWithPolicies {
  const { unknown, unknownTrust, unknownBoundary, boundary, ...role } = planned;
  const others = unknown
    .filter((one) => having(one, effect).length > 0)
    .map((one) => ({ name: one.field, document: extended(undefined, one, effect) }));
  return {
    ...role,
    trust: extended(role.trust, unknownTrust, effect, { Principal: { Service: ECS_TASKS }, Action: "sts:AssumeRole" }),
    policies: [...role.policies, ...others],
    ...(boundary && { boundary: { ...boundary, document: extended(boundary.document, unknownBoundary, effect) } }),
  };
}

const EVERYTHING = { Action: "*", Resource: "*" };

/** A document with what it may allow or deny. IAM refuses one without a statement, so that one denies everything. */
function extended(
  document: PolicyJson | undefined,
  unknown: UnknownPolicy | undefined,
  effect: string,
  everything: StatementJson = EVERYTHING,
): PolicyJson {
  if (document && !unknown) {
    return document;
  }
  const statements = [...list(document?.Statement), ...having(unknown, effect)];
  return {
    Version: document?.Version ?? "2012-10-17",
    Statement: statements.length > 0 ? statements : [{ Effect: "Deny", ...everything }],
  };
}

function having(policy: UnknownPolicy | undefined, effect: string): StatementJson[] {
  return list(policy?.document.Statement).filter(({ Effect }) => Effect === effect);
}

const about = ({ action, resource, field, tasks }: CheckedCall) => JSON.stringify([action, resource, field, tasks]);

const isAboutSame = (one: CheckedCall, other: CheckedCall) => about(one) === about(other);

const isSame = (one: CheckedCall, other: CheckedCall) =>
  isAboutSame(one, other) && one.allowed === other.allowed && one.onlyWith === other.onlyWith;

/** @param open the calls that are neither allowed nor denied. */
function asUnknown(
  { field, waitsFor, document }: UnknownPolicy,
  open: readonly CheckedCall[],
  all: readonly Task[],
): UnknownValue {
  const decides = open.filter(({ action }) => list(document.Statement).some((one) => isAbout(one, action)));
  const calls = decides.map(({ action, resource }) => ({ action, resource }));
  const users = decides.flatMap(({ tasks }) => tasks);
  const tasks = users.length > 0 ? users : all.map(({ name }) => ({ taskDefinition: name, container: "task" }));
  return { field, waitsFor, tasks: unique(tasks), ...(calls.length > 0 && { calls: unique(calls) }) };
}
