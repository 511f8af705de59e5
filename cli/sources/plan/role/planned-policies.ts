import type { Policy, Roles } from "../../../account/policies";
import type { UnknownPolicy } from "../../../needs/planned-role";
import { parsePolicy } from "../../../parse-policy";
import { list, type StatementJson } from "../../../policy-json";
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

/** The policies that a plan gives to a role, and what is not known of them. */
export interface PlannedPolicies {
  readonly policies: readonly Policy[];
  readonly unknown: readonly UnknownPolicy[];
}

const NO_POLICIES: PlannedPolicies = { policies: [], unknown: [] };

/** The policies that a plan gives to a role. */
export async function plannedPolicies(of: RoleOfPlan, roles: Roles): Promise<PlannedPolicies> {
  const attachments = [...resourcesOf(of, "aws_iam_role_policy_attachment"), ...sharedAttachmentsOf(of)];
  // This resource also attaches what is not attached yet.
  const exclusive = resourcesOf(of, "aws_iam_role_policy_attachments_exclusive", "role_name");
  const found = await Promise.all([
    ...resourcesOf(of, "aws_iam_role_policy").map((about) =>
      ifAbout(of, about, ownPolicy(of, about.resource, "policy")),
    ),
    ...attachments.map(async (about) => ifAbout(of, about, await policyAt(of, about.resource, "policy_arn", roles))),
    ...exclusive.map(async (about) => ifAbout(of, about, await policiesIn(of, about.resource, "policy_arns", roles))),
    ...policiesOfArguments(of, roles),
  ]);
  const byName = new Map(found.flatMap(({ policies }) => policies).map((policy) => [policy.name, policy]));
  const byField = new Map(found.flatMap(({ unknown }) => unknown).map((one) => [one.field, one]));
  return { policies: [...byName.values()], unknown: [...byField.values()] };
}

/** The policies in the deprecated arguments of the role itself. */
function policiesOfArguments(of: RoleOfPlan, roles: Roles): (PlannedPolicies | Promise<PlannedPolicies>)[] {
  const { plan, role } = of;
  const isSet = configured(plan, role);
  const blocks = isSet.inline_policy ? (namesIn(role.values.inline_policy) as InlineBlock[]) : [];
  const inline = blocks
    .filter((one) => one.policy)
    .map(({ name = "inline", policy = "" }) => ({ name, document: parsePolicy(policy, name) }));
  const isUnknownInline = isSet.inline_policy && isUnknown(plan, role, "inline_policy");
  return [
    { policies: inline, unknown: isUnknownInline ? [unknownAt(of, role, "inline_policy", ANYTHING)] : [] },
    isSet.managed_policy_arns ? policiesIn(of, role, "managed_policy_arns", roles) : NO_POLICIES,
  ];
}

interface InlineBlock {
  readonly name?: string;
  readonly policy?: string;
}

/** The policies of an existing role that a plan neither manages nor removes. */
export async function remainingPolicies(
  of: RoleOfPlan,
  now: readonly Policy[],
  roles: Roles,
): Promise<PlannedPolicies[]> {
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
  return Promise.all(
    remaining.map((policy) =>
      policy.name.startsWith("arn:") ? managedPolicy(of, policy.name, roles) : { policies: [policy], unknown: [] },
    ),
  );
}

/** The managed policy that an argument of a resource names. */
export async function policyAt(
  of: RoleOfPlan,
  from: PlannedResource,
  argument: string,
  roles: Roles,
): Promise<PlannedPolicies> {
  const arn = from.values[argument];
  return typeof arn === "string" ? managedPolicy(of, arn, roles) : onePolicyOf(of, from, argument);
}

/** The managed policies that a list in an argument names. */
async function policiesIn(
  of: RoleOfPlan,
  from: PlannedResource,
  argument: string,
  roles: Roles,
): Promise<PlannedPolicies> {
  const { plan } = of;
  const arns = namesIn(from.values[argument]) as string[];
  const known = await Promise.all(arns.map((arn) => managedPolicy(of, arn, roles)));
  const referred = referredTo(plan, from, argument, "aws_iam_policy");
  const attached = referredTo(plan, from, argument, "aws_iam_role_policy_attachment");
  const isUnclear = isUnknown(plan, from, argument) && referred.length + attached.length === 0;
  return together([
    ...known,
    ...referred.filter(({ values }) => typeof values.arn !== "string").map((one) => ownPolicy(of, one, "policy")),
    isUnclear ? { policies: [], unknown: [unknownAt(of, from, argument, ANYTHING)] } : NO_POLICIES,
  ]);
}

/** The policy that an unknown argument refers to. If it may be one of several, each may be it. */
function onePolicyOf(of: RoleOfPlan, from: PlannedResource, argument: string): PlannedPolicies {
  const { plan } = of;
  const referred = referredTo(plan, from, argument, "aws_iam_policy").map((one) => ownPolicy(of, one, "policy"));
  const [policy] = referred;
  const perhaps = policy ? uncertain(together(referred)) : ANYTHING;
  return policy && referred.length === 1 ? policy : { policies: [], unknown: [unknownAt(of, from, argument, perhaps)] };
}

/** A managed policy as it is after the plan, which may create it. */
async function managedPolicy(of: RoleOfPlan, arn: string, roles: Roles): Promise<PlannedPolicies> {
  const own = of.plan.resources.find((one) => one.type === "aws_iam_policy" && isNamed(one, arn));
  return own
    ? ownPolicy(of, own, "policy", arn)
    : { policies: [{ name: arn, document: await roles.policy(arn) }], unknown: [] };
}

/** The policy in an argument of a resource of the plan. */
function ownPolicy(of: RoleOfPlan, one: PlannedResource, argument: string, name = one.address): PlannedPolicies {
  const text = one.values[argument];
  if (typeof text === "string") {
    return { policies: [{ name, document: parsePolicy(text, one.address) }], unknown: [] };
  }
  const statements = statementsAt(of.plan, one, argument);
  const { known, perhaps } = statements;
  return {
    policies: known.length === 0 ? [] : [{ name, document: documentOf(known) }],
    unknown: perhaps.length === 0 ? [] : [unknownAt(of, one, argument, statements)],
  };
}

/** If a resource may be about another role, nothing of its policies is certain. */
function ifAbout(
  of: RoleOfPlan,
  { resource, argument, isCertain }: AboutRole,
  found: PlannedPolicies,
): PlannedPolicies {
  return isCertain ? found : { policies: [], unknown: [unknownAt(of, resource, argument, uncertain(found))] };
}

/** Nothing that was known is certain any more. */
function uncertain({ policies, unknown }: PlannedPolicies): Statements {
  const all = [...policies, ...unknown].flatMap(({ document }) => list(document.Statement));
  return { known: [], perhaps: all.map(({ Sid: _, ...statement }) => statement) };
}

function together(all: readonly PlannedPolicies[]): PlannedPolicies {
  return {
    policies: all.flatMap(({ policies }) => policies),
    unknown: all.flatMap(({ unknown }) => unknown),
  };
}

const documentOf = (Statement: readonly StatementJson[]) => ({ Version: "2012-10-17", Statement });

/** What is not known of an argument, and what it waits for. */
export function unknownAt(
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
