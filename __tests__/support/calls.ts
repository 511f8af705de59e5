import type { TaskExecutionAccess } from "../../modules/ecs-task-execution-role";
import type { DANGERS, FIELDS } from "../../scripts/docs/modes";
import type { Call } from "./evaluate";
import { fixture } from "./fixture";

/** Calls of each of these actions on each of these resources. */
interface Calls {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly context?: Call["context"];
}

/** The calls that ECS makes for a field of `access`, and similar calls that must be denied. */
export interface FieldCalls<Of = Call> {
  readonly access: TaskExecutionAccess;
  readonly allowed: readonly Of[];
  readonly denied: readonly Of[];
}

const DATA = fixture<{
  granting: Record<keyof typeof FIELDS, FieldCalls<Calls>>;
  restricting: Record<string, FieldCalls<Calls>>;
  dangerous: Record<keyof typeof DANGERS, Calls[]>;
}>("calls.json");

const inEach = <Name extends string, From, To>(all: Record<Name, From>, change: (one: From) => To) =>
  Object.fromEntries(Object.entries<From>(all).map(([name, one]) => [name, change(one)])) as Record<Name, To>;

const each = (calls: readonly Calls[]): Call[] =>
  calls.flatMap(({ actions, resources, ...more }) =>
    resources.flatMap((resource) => actions.map((action) => ({ action, resource, ...more }))),
  );

const callsOf = ({ access, allowed, denied }: FieldCalls<Calls>): FieldCalls => ({
  access,
  allowed: each(allowed),
  denied: each(denied),
});

export const FIELD_CALLS = inEach(DATA.granting, callsOf);

/** Fields that restrict other fields, and parameters that also grant access to a secret. */
export const MORE_CALLS = inEach(DATA.restricting, callsOf);

/** Calls that no execution role needs, by what they do. */
export const DANGEROUS_CALLS = inEach(DATA.dangerous, each);
