import type { EcsTaskExecutionRoleProps } from "./props";
import { quoted, snakeCase } from "./terraform-language";
import { isUnknown } from "./unknown";

/** A value that breaks a rule, and the input it stands in: `roleName`, `tags["team"]`. */
export type Offender = { readonly input: string } & ({ readonly got: unknown } | { readonly shown: string });

/** The same rule in Terraform's language, where `var` holds the inputs. */
export interface TerraformCheck {
  /** The input that the fault is about. */
  readonly input: string;
  readonly condition: string;
  /** An expression for what broke the rule. */
  readonly got: string;
  /**
   * The resource that checks it, where it takes more than one variable (which a validation of
   * Terraform 1.5 cannot). The role itself must not ask for `var.access`: what that names may ask
   * for the role.
   */
  readonly precondition?: "aws_iam_role" | "aws_iam_policy";
}

/** One row of the table of checks. Its wording reads "must <must>. Fix: <fix>." */
export interface Rule {
  readonly must: string;
  readonly fix: string;
  readonly offenders: (props: EcsTaskExecutionRoleProps) => readonly Offender[];
  /** Or why Terraform has no need of it. */
  readonly terraform: TerraformCheck | { readonly needless: string };
}

export type Wording = Pick<Rule, "must" | "fix">;

/** The value of a prop has a pattern. */
export function text(
  prop: "roleName" | "roleNamePrefix" | "path" | "description" | "permissionsBoundary",
  pattern: RegExp,
  wording: Wording,
): Rule {
  const variable = `var.${snakeCase(prop)}`;
  return {
    ...wording,
    offenders: ({ [prop]: got }) =>
      got === undefined || isUnknown(got) || matches(pattern, got) ? [] : [{ input: prop, got }],
    terraform: {
      input: snakeCase(prop),
      condition: `${variable} == null || can(regex(${quoted(pattern)}, ${variable}))`,
      got: variable,
    },
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
    terraform: each(prop, keysInTerraform(prop), pattern),
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
    terraform: each(prop, valuesInTerraform(prop), pattern),
  };
}

/** Every element of a list has a pattern. */
export function elementsOf<Prop extends "access" | "trust">(
  prop: Prop,
  field: keyof NonNullable<EcsTaskExecutionRoleProps[Prop]> & string,
  pattern: RegExp,
  wording: Wording,
): Rule {
  const input = `${prop}.${field}`;
  return {
    ...wording,
    offenders: ({ [prop]: group }) =>
      elements((group as Readonly<Record<string, unknown>> | undefined)?.[field])
        .filter((got) => !isUnknown(got) && !matches(pattern, got))
        .map((got) => ({ input, got })),
    terraform: each(input, `try(coalesce(var.${snakeCase(input)}, []), [])`, pattern),
  };
}

/** A prop is a map, also where nothing checks types. */
export function map(prop: MapProp): Rule {
  return {
    must: "be a map",
    fix: "write it as { key: value }",
    offenders: ({ [prop]: got }) => (got === undefined || isUnknown(got) || isMap(got) ? [] : [{ input: prop, got }]),
    terraform: { needless: "the variable has a type" },
  };
}

/** The keys of a map that may be null. */
export function keysInTerraform(prop: MapProp): string {
  return `try(keys(var.${snakeCase(prop)}), [])`;
}

/** The values of a map that may be null. */
export function valuesInTerraform(prop: MapProp): string {
  return `try(values(var.${snakeCase(prop)}), [])`;
}

/** The entries of a map; one that is itself unknown has none to check yet. */
export function entries<V>(map: Readonly<Record<string, V>> | undefined): [string, V][] {
  return isUnknown(map) || !isMap(map) ? [] : Object.entries(map);
}

export function matches(pattern: RegExp, got: unknown): boolean {
  return typeof got === "string" && pattern.test(got);
}

/** One value where a list belongs is checked as a list of it. */
export function elements(list: unknown): readonly unknown[] {
  return list === undefined ? [] : [list].flat();
}

/** Every element of a list, given in Terraform's language, has a pattern. */
export function each(input: string, list: string, pattern: RegExp): TerraformCheck {
  const good = `can(regex(${quoted(pattern)}, value))`;
  return {
    input: snakeCase(input),
    condition: `alltrue([for value in ${list} : ${good}])`,
    got: `[for value in ${list} : value if !${good}]`,
  };
}

function isMap<V>(value: Readonly<Record<string, V>> | undefined): value is Readonly<Record<string, V>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
