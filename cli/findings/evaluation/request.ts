/** The condition keys of a request. */
export type Context = Readonly<Record<string, string>>;

/** What is known of a request from outside. */
export interface Known {
  readonly keys: Context;
  /** What holds unless a policy says that it is otherwise. */
  readonly assumed: Context;
  /** Keys that the request does not have. */
  readonly absent: RegExp;
}

/** Condition keys are the same in upper and lower case. */
export function keyOf(keys: Context, key: string): string | undefined {
  return Object.entries(keys).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}

/** With the values of policy variables that are known. */
export function withoutVariables(text: string, known: Context): string {
  return text.replace(
    /[$&]\{([^},]+)(?:, *'([^']*)')?\}/g,
    (whole, name: string, otherwise?: string) => keyOf(known, name) ?? otherwise ?? whole,
  );
}
