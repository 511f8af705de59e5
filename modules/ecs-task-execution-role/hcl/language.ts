import type { Format } from "../aws/facts";

/** A pattern as a Terraform string, in RE2 syntax. */
export function quoted(pattern: RegExp): string {
  const flags = pattern.flags.includes("i") ? "(?i)" : "";
  return JSON.stringify(flags + pattern.source.replace(/\\u([0-9A-F]{4})/g, "\\x{$1}"));
}

/** The name of a prop, field or attribute in Terraform: `fooBar` is `foo_bar`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * Removes an expression's own sensitive mark; values inside it keep theirs. In Terraform 1.5, `nonsensitive` rejects
 * values that are not sensitive, and wrapping it in `try` makes the result unknown if any input is.
 */
export function withoutMark(expression: string): string {
  return `nonsensitive(sensitive(${expression}))`;
}

/** Whether a value is a string that matches a pattern. */
export function matchesInTerraform(pattern: RegExp, value: string): string {
  return `can(regex(${quoted(pattern)}, ${value}))`;
}

/** Whether a text has a format, as a Terraform expression. */
export function conformsInTerraform({ pattern, never, atMost, nameAtMost }: Format, value: string): string {
  const all = [
    matchesInTerraform(pattern, value),
    ...(never ? [`!${matchesInTerraform(never, value)}`] : []),
    ...(atMost === undefined ? [] : [`length(${value}) <= ${atMost}`]),
    ...(nameAtMost === undefined ? [] : [`length(reverse(split("/", ${value}))[0]) <= ${nameAtMost}`]),
  ].join(" && ");
  return atMost === undefined && nameAtMost === undefined ? `(${all})` : `try(${all}, false)`;
}
