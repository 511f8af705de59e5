/** The condition keys of a request. */
export type Context = Readonly<Record<string, string>>;

/** What the command knows about a request. */
export interface Known {
  readonly keys: Context;
  /** Values to assume, unless a policy names another. */
  readonly assumed: Context;
  /** Keys that the request does not have. */
  readonly absent: RegExp;
}

/** Condition keys are case-insensitive. */
export function keyOf(keys: Context, key: string): string | undefined {
  return Object.entries(keys).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}

/** IAM accepts times in ISO 8601 and in seconds since 1970. */
export function isoTime(text: string): string {
  return /^\d+$/.test(text) ? new Date(Number(text) * 1000).toISOString() : text;
}

/** Replaces the policy variables that are known, and the others with a wildcard: each can stand for anything. */
export function widest(text: string, known: Context): string {
  return withoutVariables(text, known).replace(/\$\{[^}]*\}/g, "*");
}

/** Replaces the policy variables that are known. */
export function withoutVariables(text: string, known: Context): string {
  return text.replace(
    /[$&]\{([^},]+)(?:, *'([^']*)')?\}/g,
    (whole, name: string, otherwise?: string) => keyOf(known, name) ?? otherwise ?? whole,
  );
}
