import type { EcsTaskExecutionRoleProps } from "./props";
import { isUnknown } from "./unknown";

/** A value that breaks a rule, and the input it stands in: `roleName`, `tags["team"]`. */
export type Offender = { readonly input: string } & ({ readonly got: unknown } | { readonly shown: string });

/** One row of the table of checks. Its wording reads "must <must>. Fix: <fix>." */
export interface Rule {
  readonly must: string;
  readonly fix: string;
  readonly offenders: (props: EcsTaskExecutionRoleProps) => readonly Offender[];
}

export type Wording = Pick<Rule, "must" | "fix">;

/** The value of a prop has a pattern. */
export function text(
  prop: "roleName" | "roleNamePrefix" | "path" | "description" | "permissionsBoundary",
  pattern: RegExp,
  wording: Wording,
): Rule {
  return {
    ...wording,
    offenders: ({ [prop]: got }) =>
      got === undefined || isUnknown(got) || matches(pattern, got) ? [] : [{ input: prop, got }],
  };
}

type MapProp = "tags" | "managedPolicies";

/** Every key of a map has a pattern. */
export function keysOf(prop: MapProp, pattern: RegExp, wording: Wording): Rule {
  return {
    ...wording,
    offenders: ({ [prop]: map }) =>
      entries(map)
        .filter(([key]) => !isUnknown(key) && !pattern.test(key))
        .map(([key]) => ({ input: prop, got: key })),
  };
}

/** Every value of a map has a pattern. */
export function valuesOf(prop: MapProp, pattern: RegExp, wording: Wording): Rule {
  return {
    ...wording,
    offenders: ({ [prop]: map }) =>
      entries(map)
        .filter(([, got]) => !isUnknown(got) && !matches(pattern, got))
        .map(([key, got]) => ({ input: `${prop}["${key}"]`, got })),
  };
}

/** Every element of a list has a pattern. */
export function elementsOf<Prop extends "access" | "trust">(
  prop: Prop,
  field: keyof NonNullable<EcsTaskExecutionRoleProps[Prop]> & string,
  pattern: RegExp,
  wording: Wording,
): Rule {
  return {
    ...wording,
    offenders: ({ [prop]: group }) =>
      elements((group as Readonly<Record<string, unknown>> | undefined)?.[field])
        .filter((got) => !isUnknown(got) && !matches(pattern, got))
        .map((got) => ({ input: `${prop}.${field}`, got })),
  };
}

/** A prop is a map, also where nothing checks types. */
export function map(prop: MapProp): Rule {
  return {
    must: "be a map",
    fix: "write it as { key: value }",
    offenders: ({ [prop]: got }) => (got === undefined || isUnknown(got) || isMap(got) ? [] : [{ input: prop, got }]),
  };
}

/** The entries of a map; one that is itself unknown has none to check yet. */
export function entries<V>(map: Readonly<Record<string, V>> | undefined): [string, V][] {
  return isUnknown(map) || !isMap(map) ? [] : Object.entries(map);
}

function isMap<V>(value: Readonly<Record<string, V>> | undefined): value is Readonly<Record<string, V>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function matches(pattern: RegExp, got: unknown): boolean {
  return typeof got === "string" && pattern.test(got);
}

/** One value where a list belongs is checked as a list of it. */
export function elements(list: unknown): readonly unknown[] {
  return list === undefined ? [] : [list].flat();
}
