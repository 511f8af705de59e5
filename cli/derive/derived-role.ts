import type { TaskLocation } from "../../modules/ecs-task-execution-role/permissions/container-grants";
import { POLICY_CHARACTERS_AT_MOST } from "../../modules/ecs-task-execution-role/permissions/limits";
import { ECS_TASKS, TRUST_FIELDS } from "../../modules/ecs-task-execution-role/permissions/trust-fields";
import { nameIn } from "../arns";
import type { RoleWithPolicies } from "../aws-calls/policies";
import type { Keys } from "../aws-calls/stored";
import type { Task } from "../needs/task";
import { list, type PolicyJson, type StatementJson } from "../policy-json";
import { accessFor, type DerivedAccess } from "./derived-access";
import { ECS_TASKS_TRUST, policyFor } from "./policy-documents";

/** A derived role, independent of the language. */
export interface DerivedRole {
  /** The task definitions, and what could not be read or written. */
  readonly notes: readonly string[];
  /** What an apply changes, and what the module allows besides. */
  readonly changes: readonly string[];
  /** The props of the construct, by name. */
  readonly props: Readonly<Record<string, unknown>>;
  /** The name of the existing role, to import it. */
  readonly imports?: string;
  readonly location: TaskLocation;
  readonly policy: PolicyJson;
  readonly trust: PolicyJson;
}

/** @param role the existing role, if there is one. */
export async function deriveRole(
  tasks: readonly Task[],
  keys: Keys,
  role: RoleWithPolicies | undefined,
): Promise<DerivedRole> {
  const derived = await accessFor(tasks, keys);
  const { access, notes } = derived;
  const needsNothing = Object.keys(access).length === 0;
  const users = tasks.map(({ name, services }) =>
    [name, services.length > 0 ? `(${services.join(", ")})` : ""].join(" ").trim(),
  );
  const policies = needsNothing ? { managedPolicies: {} } : { access };
  const [{ name, location }] = tasks as [Task];
  const policy = policyFor(derived, location);
  return {
    notes: [
      `What these task definitions need: ${users.join(", ")}.`,
      ...notes,
      ...aboutImports(role?.policies ?? []),
      ...aboutSize(policy),
    ],
    changes: [...aboutCreating(derived), ...(role ? aboutPolicies(role) : [])],
    location,
    policy,
    trust: role?.trust ?? ECS_TASKS_TRUST,
    props: role
      ? { ...propsOf(role), ...policies, exclusive: true }
      : {
          roleNamePrefix: `${familyIn(name).slice(0, 37)}-`,
          ...policies,
        },
    ...(role && { imports: nameIn(role.arn) }),
  };
}

const familyIn = (name: string): string => name.replace(/^.*\//, "").replace(/[:. ].*$/s, "");

function aboutSize(policy: PolicyJson): string[] {
  const { length } = JSON.stringify(policy);
  return length > POLICY_CHARACTERS_AT_MOST
    ? [`The policy has ${length} characters; a managed policy can have at most ${POLICY_CHARACTERS_AT_MOST}.`]
    : [];
}

function aboutCreating({ access: { logGroups = [] }, created }: DerivedAccess): string[] {
  return logGroups === true || [0, logGroups.length].includes(created.length)
    ? []
    : [`createLogGroups applies to all log groups of the role; the tasks need it only for ${created.join(", ")}.`];
}

function aboutPolicies({ policies, trust }: RoleWithPolicies): string[] {
  const names = policies.map(({ name }) => `  ${name.startsWith("arn:") ? name : `inline policy ${name}`}`);
  const denials = policies.filter(({ document }) => list(document.Statement).some(({ Effect }) => Effect === "Deny"));
  return [
    ...(names.length > 0
      ? ["After the new policy is attached, exclusive detaches or deletes the current policies of the role:", ...names]
      : []),
    ...denials.map(({ name }) => `${name} has a Deny statement: without it, the role can do more.`),
    ...(trustOf({ trust })
      ? []
      : ["The plan changes the trust policy, which has elements that this module does not write."]),
  ];
}

/** No task definition shows whether a pull-through cache imports its image. */
function aboutImports(policies: RoleWithPolicies["policies"]): string[] {
  const isImport = ({ Effect, Action }: StatementJson) =>
    Effect === "Allow" && list(Action).some((one) => /^ecr:BatchImportUpstreamImage$/i.test(one));
  return policies
    .filter(({ document }) => list(document.Statement).some(isImport))
    .map(
      ({ name }) =>
        `${name} allows imports through a pull-through cache: list its repositories in pullThroughCacheRepositories, or the first pull of an image fails.`,
    );
}

/** The props that keep a role as it is. */
function propsOf(role: RoleWithPolicies): object {
  const { arn, description, maxSessionDuration = HOUR, boundary, tags } = role;
  const path = arn.replace(/^.*:role/, "").replace(/[^/]+$/, "");
  const trust = trustOf(role);
  return {
    roleName: nameIn(role.arn),
    ...(path !== "/" && { path }),
    ...(description && { description }),
    ...(maxSessionDuration !== HOUR && { maxSessionDuration }),
    ...(boundary && { permissionsBoundary: boundary.name }),
    ...(Object.keys(tags).length > 0 && { tags }),
    ...(trust && Object.keys(trust).length > 0 && { trust }),
  };
}

/** The default session duration. */
const HOUR = 3600;

/** The trust policy as the input `trust`; undefined if the module cannot write this trust policy. */
function trustOf({ trust }: Pick<RoleWithPolicies, "trust">): Readonly<Record<string, readonly string[]>> | undefined {
  const [statement, ...others] = list(trust.Statement);
  const { Condition = {}, Sid, Effect, Action, Principal = {}, ...more } = statement ?? {};
  const written = [Effect, ...list(Action), ...Object.entries(Principal).flat(2), ...Object.keys(more)];
  if (others.length > 0 || Sid || written.join(" ") !== `Allow sts:AssumeRole Service ${ECS_TASKS}`) {
    return undefined;
  }
  const conditions = Object.entries(Condition).flatMap(([test, keys]) =>
    Object.entries(keys).map(([variable, values]) => ({ test, variable, values: list(values) })),
  );
  const fields = conditions.map(({ test, variable, values }) => {
    const field = Object.entries(TRUST_FIELDS).find(([, one]) => one.test === test && one.variable === variable);
    return field && ([field[0], values] as const);
  });
  return fields.every((field) => field !== undefined) ? Object.fromEntries(fields) : undefined;
}
