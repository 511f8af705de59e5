import type { Lookups } from "../aws-calls/lookups/answers";
import { type RoleWithPolicies, TRUST_POLICY } from "../aws-calls/policies";
import type { Keys } from "../aws-calls/stored";
import { resourceDecisions } from "../evaluation/resource-policies/resource-policy";
import { notesOnPolicies } from "../evaluation/resource-policies/with-policies";
import { grouped } from "../grouped";
import { type NeededPatterns, neededPatterns } from "../needs/needed-patterns";
import { needsOf } from "../needs/needs-of-task";
import type { Task } from "../needs/task";
import { checkCalls } from "./check-calls";
import { checkTrust } from "./check-trust";
import { deadOf } from "./dead";
import { excessOf } from "./excess";
import type { RoleFindings } from "./findings";
import { otherPrincipals } from "./other-principals";
import { validatePolicy } from "./validate-policy";

/** Compares a role with what all its tasks need. */
export async function checkRole(
  role: RoleWithPolicies,
  tasks: readonly Task[],
  keys: Keys,
  policy: Lookups["policy"] = NOT_READ,
): Promise<RoleFindings> {
  validatePolicies(role);
  const needs = await Promise.all(
    tasks.map(async (task) => ({ location: task.location, ...(await needsOf(task, keys)) })),
  );
  const policyThen = afterPlan(tasks, policy);
  const decisions = resourceDecisions(role, policyThen);
  const all = needs.flatMap((one) => one.calls);
  const calls = await Promise.all(
    grouped(needs, ({ location }) => location.region).map((same) => {
      const called = same.flatMap((one) => one.calls);
      return checkCalls(role, called, same[0].location.region, decisions);
    }),
  );
  const [{ location: somewhere }] = tasks as [Task];
  const hasAgent = JSON.stringify(role.policies).includes(":repository/aws-guardduty-agent-");
  const needed = merged(needs.map(({ statements, location }) => neededPatterns(statements, location, hasAgent)));
  const dead = await deadOf(role, needed, somewhere);
  return {
    calls: [...checkTrust(role, tasks), ...calls.flat()],
    excess: await excessOf(role, needed, somewhere, dead),
    principals: otherPrincipals(role.trust),
    dead,
    absent: [],
    unknown: [],
    notes: [...new Set([...needs.flatMap(({ notes }) => notes), ...(await notesOnPolicies(all, policyThen))])],
  };
}

/** The policies of resources after the plan that the tasks are in, if they are in one. */
function afterPlan(tasks: readonly Task[], policy: Lookups["policy"]): Lookups["policy"] {
  const created = tasks.flatMap((task) => task.created ?? []);
  const changed = tasks.flatMap((task) => task.changedPolicies ?? []);
  const isChanged = (arn: string) =>
    [arn, arn.replace(/^.*:(repository\/|key\/)?/, "")].some((one) => changed.includes(one));
  return async (arn) =>
    created.includes(arn) ? undefined : isChanged(arn) ? { unknown: "the plan changes it" } : policy(arn);
}

/** The policies of resources do not decide. */
const NOT_READ: Lookups["policy"] = async () => undefined;

/** @throws CouldNotCheck for documents that IAM would not take. */
function validatePolicies({ trust, policies, boundary }: RoleWithPolicies): void {
  validatePolicy(trust, TRUST_POLICY, "trust");
  for (const { name, document } of [...policies, ...(boundary ? [boundary] : [])]) {
    validatePolicy(document, name, "identity");
  }
}

function merged(all: readonly NeededPatterns[]): NeededPatterns {
  const byAction = grouped(
    all.flatMap((one) => [...one]),
    ([action]) => action,
  );
  return new Map(byAction.map((same) => [same[0][0], same.flatMap(([, patterns]) => patterns)]));
}
