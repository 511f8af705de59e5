import type { PolicyJson } from "../../policy-json";

/** Why an answer of AWS is unknown. */
export interface UnknownAnswer {
  readonly unknown: string;
}

/** Whether something exists, and what is missing. */
export type Existence = { readonly exists: true } | { readonly exists: false; readonly why: string } | UnknownAnswer;

/** The policy of a resource; without a document, the resource has none. */
export type ResourcePolicy = { readonly document?: PolicyJson } | UnknownAnswer;

/** What AWS answers about what tasks name, apart from secrets and parameters. */
export interface Lookups {
  /** @param image the ARN of its repository, with `:TAG` or `@DIGEST`. */
  readonly image: (image: string) => Promise<Existence>;
  /** @param group the ARN of a log group. */
  readonly logGroup: (group: string) => Promise<Existence>;
  /** @param file the ARN of an S3 object. */
  readonly file: (file: string) => Promise<Existence>;
  /** @param resource the ARN of a repository, a secret, a key or a bucket; undefined if it does not exist. */
  readonly policy: (resource: string) => Promise<ResourcePolicy | undefined>;
}

/** The answer to a call that failed: its action and its error. An error that does not come from a call is thrown. */
export function unknownBecause(error: unknown): UnknownAnswer {
  const { action, name } = error as Error & { action?: string };
  if (action === undefined) {
    throw error;
  }
  return { unknown: `${action}: ${name}` };
}

/** That a call failed, as the existence of what it asks for. */
export function notLookedUp(error: unknown): Existence {
  return { unknown: `could not be looked up (${unknownBecause(error).unknown})` };
}

export const isNamed = (error: unknown, name: string | undefined) => (error as Error).name === name;
