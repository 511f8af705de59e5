import access from "../terraform/modules/access/messages/access.json";
import containers from "../terraform/modules/access/messages/containers.json";
import role from "../terraform/modules/access/messages/role.json";

/*
 * Patterns, limits, wordings and the fields of container definitions: the JSON files that the Terraform module reads too.
 */

/** The words of an error: "must <must>. Fix: <fix>." */
export interface Wording {
  readonly must: string;
  readonly fix: string;
}

/** A row of the facts about a text. */
export interface FactRow extends Wording {
  readonly pattern?: string;
  readonly never?: string;
  readonly where?: string;
  readonly at_most?: number;
  /** The maximum length of what follows the last slash. */
  readonly name_at_most?: number;
}

/** The format of a text. A length limit is faster beside the pattern than as a repetition count in it. */
export interface Format {
  readonly pattern: RegExp;
  readonly never?: RegExp;
  readonly atMost?: number;
  readonly nameAtMost?: number;
}

/** `log_groups` as `logGroups`. */
export type CamelCase<Name extends string> = Name extends `${infer First}_${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Name;

type InCamelCase<Rows> = { readonly [Name in keyof Rows & string as CamelCase<Name>]: Rows[Name] };

export const camelCase = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** `logGroups` as `log_groups`, which is how Terraform spells names. */
export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export function inCamelCase<Rows extends object>(rows: Rows): InCamelCase<Rows> {
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [camelCase(name), row])) as InCamelCase<Rows>;
}

/** A wording with the inputs in its placeholders, such as {container_definitions}, as the construct spells them. */
export function wording({ must, fix }: Wording): Wording {
  const named = (text: string) => text.replace(/\{([a-z_]+)\}/g, (_, input: string) => camelCase(input));
  return { must: named(must), fix: named(fix) };
}

export function format({ pattern, never, at_most, name_at_most }: FactRow): Format {
  return {
    // Letters of all languages need the flag.
    pattern: regExp(pattern ?? ""),
    ...(never !== undefined && { never: regExp(never) }),
    ...(at_most !== undefined && { atMost: at_most }),
    ...(name_at_most !== undefined && { nameAtMost: name_at_most }),
  };
}

export function regExp(pattern: string): RegExp {
  return new RegExp(pattern, pattern.includes("\\p{") ? "u" : "");
}

export const ROLE_FACTS = role;
export const ACCESS_FACTS = access;
export const CONTAINER_FACTS = containers;
