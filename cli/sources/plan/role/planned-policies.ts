import type { Policy } from "../../../aws-calls/policies";
import type { UnknownPolicy } from "../../../needs/planned-role";
import { parsePolicy } from "../../../parse-policy";
import { list, type PolicyJson, type StatementJson } from "../../../policy-json";
import { ANYTHING, type Statements } from "../documents/known-parts";
import { statementsAt } from "../documents/policy-document";
import { isUnknown, type PlannedResource } from "../json/plan-json";
import { configured, referredTo } from "../json/references";
import { waitsFor } from "../json/waits-for";
import {
  type AboutRole,
  isKept,
  isNamed,
  namesIn,
  type RoleOfPlan,
  resourcesOf,
  sharedAttachmentsOf,
} from "./attachments";

/** The policies of a role after a plan, and what is not known of them. */
export interface PlannedPolicies {
  readonly policies: readonly Policy[];
  readonly unknown: readonly UnknownPolicy[];
}

/** The policies of a role after a plan. */
export async function plannedPolicies(of: RoleOfPlan): Promise<PlannedPolicies> {
  const { plan, role } = of;
  const isSet = configured(plan, role);
  const attachments = [...resourcesOf(of, "aws_iam_role_policy_attachment"), ...sharedAttachmentsOf(of)];
  // This resource also attaches what is not attached yet.
  const exclusive = resourcesOf(of, "aws_iam_role_policy_attachments_exclusive", "role_name");
  const found = await Promise.all([
    ...resourcesOf(of, "aws_iam_role_policy").map((about) => ifAbout(of, about, ownPolicy(of, about.resource))),
    ...attachments.map(async (about) => ifAbout(of, about, await policyAt(of, about.resource, "policy_arn"))),
    ...exclusive.map(async (about) => ifAbout(of, about, await policiesIn(of, about.resource, "policy_arns"))),
    // The deprecated arguments of the role itself.
    ...(isSet.inline_policy ? [inlinePolicies(of)] : []),
    ...(isSet.managed_policy_arns ? [policiesIn(of, role, "managed_policy_arns")] : []),
  ]);
  const { policies, unknown } = together(found);
  const byName = new Map(policies.map((policy) => [policy.name, policy]));
  const byField = new Map(unknown.map((one) => [one.field, one]));
  return { policies: [...byName.values()], unknown: [...byField.values()] };
}

function inlinePolicies(of: RoleOfPlan): PlannedPolicies {
  const { plan, role } = of;
  const argument = "inline_policy";
  const policies = (namesIn(role.values[argument]) as InlineBlock[])
    .filter((one) => one.policy)
    .map(({ name = "inline", policy = "" }) => ({ name, document: parsePolicy(policy, name) }));
  return { policies, unknown: isUnknown(plan, role, argument) ? [unknownAt(of, role, argument, ANYTHING)] : [] };
}

interface InlineBlock {
  readonly name?: string;
  readonly policy?: string;
}

/** The policies of an existing role that a plan neither manages nor removes. */
export async function remainingPolicies(of: RoleOfPlan, now: readonly Policy[]): Promise<PlannedPolicies> {
  const { plan, role } = of;
  const { name: roleName } = role.values;
  const governed = (plan.resource_changes ?? [])
    // "forget" removes a resource from the state, but not from AWS.
    .filter(({ change }) => !change.actions.includes("forget"))
    .map(({ change }) => change.before ?? {})
    .filter((one) => one.role === roleName || (Array.isArray(one.roles) && one.roles.includes(roleName)))
    .map((one) => one.policy_arn ?? one.name);
  const stays = isKept(of);
  const remaining = now.filter(({ name }) => !governed.includes(name) && stays(name));
  return together(
    await Promise.all(
      remaining.map((policy) => (policy.name.startsWith("arn:") ? managedPolicy(of, policy.name) : known(policy))),
    ),
  );
}

/** The managed policy that an argument of a resource names. If it may be one of several, each may be it. */
export async function policyAt(of: RoleOfPlan, from: PlannedResource, argument: string): Promise<PlannedPolicies> {
  const arn = from.values[argument];
  if (typeof arn === "string") {
    return managedPolicy(of, arn);
  }
  const referred = referredTo(of.plan, from, argument, "aws_iam_policy").map((one) => ownPolicy(of, one));
  const [policy, ...others] = referred;
  return policy && others.length === 0
    ? policy
    : unknownPolicy(of, from, argument, policy ? uncertain(together(referred)) : ANYTHING);
}

/** The managed policies that a list in an argument names. */
async function policiesIn(of: RoleOfPlan, from: PlannedResource, argument: string): Promise<PlannedPolicies> {
  const { plan } = of;
  const arns = namesIn(from.values[argument]) as string[];
  const referred = referredTo(plan, from, argument, "aws_iam_policy");
  const attached = referredTo(plan, from, argument, "aws_iam_role_policy_attachment");
  const isUnclear = isUnknown(plan, from, argument) && referred.length + attached.length === 0;
  return together([
    ...(await Promise.all(arns.map((arn) => managedPolicy(of, arn)))),
    ...referred.filter(({ values }) => typeof values.arn !== "string").map((one) => ownPolicy(of, one)),
    ...(isUnclear ? [unknownPolicy(of, from, argument, ANYTHING)] : []),
  ]);
}

/** A managed policy as it is after the plan, which may create it. */
async function managedPolicy(of: RoleOfPlan, arn: string): Promise<PlannedPolicies> {
  const own = of.plan.resources.find((one) => one.type === "aws_iam_policy" && isNamed(one, arn));
  return own ? ownPolicy(of, own, arn) : known({ name: arn, document: await of.roles.policy(arn) });
}

/** The policy that a resource of the plan has. */
function ownPolicy(of: RoleOfPlan, one: PlannedResource, name = one.address): PlannedPolicies {
  const { document, unknown } = documentAt(of, one, "policy", one.address);
  const isWhollyUnknown = unknown !== undefined && list(document.Statement).length === 0;
  return { policies: isWhollyUnknown ? [] : [{ name, document }], unknown: unknown ? [unknown] : [] };
}

/**
 * What is known of the document in an argument, and what is not.
 *
 * @param name of the policy, for an error.
 */
export function documentAt(
  of: RoleOfPlan,
  from: PlannedResource,
  argument: string,
  name: string,
): { readonly document: PolicyJson; readonly unknown?: UnknownPolicy } {
  const text = from.values[argument];
  if (typeof text === "string") {
    return { document: parsePolicy(text, name) };
  }
  const statements = statementsAt(of.plan, from, argument);
  const isKnown = statements.perhaps.length === 0;
  return {
    document: documentOf(statements.known),
    ...(!isKnown && { unknown: unknownAt(of, from, argument, statements) }),
  };
}

/** If a resource may be about another role, nothing of its policies is certain. */
function ifAbout(
  of: RoleOfPlan,
  { resource, argument, isCertain }: AboutRole,
  found: PlannedPolicies,
): PlannedPolicies {
  return isCertain ? found : unknownPolicy(of, resource, argument, uncertain(found));
}

/** Nothing that was known is certain any more. */
function uncertain({ policies, unknown }: PlannedPolicies): Statements {
  const all = [...policies, ...unknown].flatMap(({ document }) => list(document.Statement));
  return { known: [], perhaps: all.map(({ Sid: _, ...statement }) => statement) };
}

export function together(all: readonly PlannedPolicies[]): PlannedPolicies {
  return {
    policies: all.flatMap(({ policies }) => policies),
    unknown: all.flatMap(({ unknown }) => unknown),
  };
}

const known = (policy: Policy): PlannedPolicies => ({ policies: [policy], unknown: [] });

function unknownPolicy(of: RoleOfPlan, from: PlannedResource, argument: string, may: Statements): PlannedPolicies {
  return { policies: [], unknown: [unknownAt(of, from, argument, may)] };
}

const documentOf = (Statement: readonly StatementJson[]) => ({ Version: "2012-10-17", Statement });

/** What is not known of an argument, and what it waits for. */
function unknownAt(
  { plan }: RoleOfPlan,
  from: PlannedResource,
  argument: string,
  { perhaps }: Statements,
): UnknownPolicy {
  return {
    field: `${argument} of ${from.address}`,
    waitsFor: waitsFor(plan, from, argument),
    document: documentOf(perhaps),
  };
}
