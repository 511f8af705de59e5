/** What is known about a condition key of a request. */
export type KeyState = KnownKey | AbsentKey | UnknownKey;

export interface KnownKey {
  readonly values: readonly string[];
  /** Whether the key can have several values, so that only set operators apply. */
  readonly isList?: boolean;
}

export interface AbsentKey {
  readonly absent: true;
}

export interface UnknownKey {
  /** The name of the value: keys with the same name have the same value. */
  readonly unknown: string;
  /** What is so if the request has the key, the first also only then. Empty if it always has the key. */
  readonly with: readonly Circumstance[];
  /** A pattern that the value matches. */
  readonly like?: string;
  readonly isList?: boolean;
}

/** Something about a request that decides whether it has a key, such as whether it uses a VPC endpoint. */
export interface Circumstance {
  readonly what: string;
  readonly holds: boolean;
}

export interface Request {
  readonly action: string;
  /** An ARN or `*`, or a pattern if the ARN is unknown. */
  readonly resource: KnownKey | UnknownKey;
  readonly key: (name: string) => KeyState;
}

export const ABSENT: AbsentKey = { absent: true };
export const known = (...values: readonly string[]): KnownKey => ({ values });
/** A key with an unknown value. */
export const always = (name: string): UnknownKey => ({ unknown: name.toLowerCase(), with: [] });
/** A key that the request may not have. */
export const perhaps = (name: string): UnknownKey => {
  const what = name.toLowerCase();
  return { unknown: what, with: [{ what, holds: true }] };
};
