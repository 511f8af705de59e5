import { quoted, snakeCase } from "../hcl/language";
import type { EcsTaskExecutionRoleProps } from "../inputs/props";
import { asList, isUnknown } from "../unknown";

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

/** A fault in the words of its rule. */
export function faultText(input: string, got: string, { must, fix }: Wording): string {
  return `${input}: got ${got}; must ${must}. Fix: ${fix}.`;
}

/**
 * What a text may be. Its length stands beside the pattern and not in it, because Terraform compiles
 * the pattern at each plan, for each role, and would compile as many copies as it has repetitions.
 */
export interface Format {
  readonly pattern: RegExp;
  readonly atMost: number;
}

/** The value of a prop has a format. */
export function text(
  prop: "roleName" | "roleNamePrefix" | "path" | "description" | "permissionsBoundary",
  format: Format,
  wording: Wording,
): Rule {
  const variable = `var.${snakeCase(prop)}`;
  return {
    ...wording,
    offenders: ({ [prop]: got }) =>
      got === undefined || isUnknown(got) || conforms(format, got) ? [] : [{ input: prop, got }],
    terraform: {
      input: snakeCase(prop),
      condition: `${variable} == null || ${conformsInTerraform(format, variable)}`,
      got: variable,
    },
  };
}

type MapProp = "tags" | "managedPolicies";

/** Every key of a map has a format. */
export function keysOf(prop: MapProp, format: Format, wording: Wording): Rule {
  return {
    ...wording,
    offenders: ({ [prop]: map }) =>
      entries(map)
        .filter(([key]) => !isUnknown(key) && !conforms(format, key))
        .map(([key]) => ({ input: prop, got: key })),
    terraform: each(prop, keysInTerraform(prop), conformsInTerraform(format, "value")),
  };
}

/** Every value of a map has a format. */
export function valuesOf(prop: MapProp, format: Format, wording: Wording): Rule {
  return {
    ...wording,
    offenders: ({ [prop]: map }) =>
      entries(map)
        .filter(([, got]) => !isUnknown(got) && !conforms(format, got))
        .map(([key, got]) => ({ input: `${prop}["${key}"]`, got })),
    terraform: each(prop, valuesInTerraform(prop), conformsInTerraform(format, "value")),
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
  const { must, fix } = wording;
  return {
    must,
    fix,
    offenders: ({ [prop]: group }) =>
      asList((group as Readonly<Record<string, unknown>> | undefined)?.[field])
        .filter((got) => !isUnknown(got) && !matches(pattern, got))
        .map((got) => ({ input, got })),
    terraform: each(
      input,
      `(var.${prop} == null ? [] : coalesce(var.${snakeCase(input)}, []))`,
      matchesInTerraform(pattern, "value"),
    ),
  };
}

/** A map has not too many entries. */
export function atMost(prop: MapProp, limit: number, wording: Wording): Rule {
  const number = `length(${keysInTerraform(prop)})`;
  return {
    ...wording,
    offenders: ({ [prop]: map }) => {
      const got = entries(map).length;
      return got > limit ? [{ input: prop, got }] : [];
    },
    terraform: { input: snakeCase(prop), condition: `${number} <= ${limit}`, got: number },
  };
}

/** An object has no other fields than these; Terraform drops others, for the variable has a type. */
export function noOtherFields(prop: "access" | "trust", fields: readonly string[], spelled: string): Rule {
  return {
    must: `have no other fields than ${spelled}`,
    fix: "correct the field's name",
    offenders: ({ [prop]: group = {} }) =>
      Object.keys(group)
        .filter((field) => !fields.includes(field))
        .map((got) => ({ input: prop, got })),
    terraform: { needless: "the variable has a type" },
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
  return orNone(prop, "keys");
}

/** The values of a map that may be null. */
export function valuesInTerraform(prop: MapProp): string {
  return orNone(prop, "values");
}

function orNone(prop: MapProp, of: "keys" | "values"): string {
  const variable = `var.${snakeCase(prop)}`;
  return `(${variable} == null ? [] : ${of}(${variable}))`;
}

/** The entries of a map; one that is itself unknown has none to check yet. */
export function entries<V>(map: Readonly<Record<string, V>> | undefined): [string, V][] {
  return isUnknown(map) || !isMap(map) ? [] : Object.entries(map);
}

export function matches(pattern: RegExp, got: unknown): boolean {
  return typeof got === "string" && pattern.test(got);
}

export function matchesInTerraform(pattern: RegExp, value: string): string {
  return `can(regex(${quoted(pattern)}, ${value}))`;
}

function conforms({ pattern, atMost }: Format, got: unknown): boolean {
  return typeof got === "string" && [...got].length <= atMost && pattern.test(got);
}

function conformsInTerraform({ pattern, atMost }: Format, value: string): string {
  return `try(length(${value}) <= ${atMost} && ${matchesInTerraform(pattern, value)}, false)`;
}

/** Every element of a list is good; both in Terraform's language, the second about a `value`. */
export function each(input: string, list: string, good: string): TerraformCheck {
  return {
    input: snakeCase(input),
    // Unknown as long as one value is: the message could not be shown before all are known either.
    condition: `alltrue([for value in ${list} : ${good}])`,
    got: `[for value in ${list} : value if !${good}]`,
  };
}

function isMap<V>(value: Readonly<Record<string, V>> | undefined): value is Readonly<Record<string, V>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
