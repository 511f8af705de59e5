/** A pattern as a string of Terraform's language, whose patterns are RE2's. */
export function quoted(pattern: RegExp): string {
  const flags = pattern.flags.includes("i") ? "(?i)" : "";
  return JSON.stringify(flags + pattern.source.replace(/\\u([0-9A-F]{4})/g, "\\x{$1}"));
}

/** The name of a prop, field or attribute in Terraform: `fooBar` is `foo_bar`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * An expression without its own sensitive mark; a value inside it keeps one. In Terraform 1.5,
 * `nonsensitive` takes only what is sensitive, and a `try` around it is unknown where an input is.
 */
export function withoutMark(expression: string): string {
  return `nonsensitive(sensitive(${expression}))`;
}

/** Whether a value is a text that a pattern matches. */
export function matchesInTerraform(pattern: RegExp, value: string): string {
  return `can(regex(${quoted(pattern)}, ${value}))`;
}
