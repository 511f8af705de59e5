/** What AWS says of a secret or a parameter, without its value. */
export interface Stored {
  readonly exists: boolean;
  /** The whole ARN of a secret. */
  readonly arn?: string;
  /** The customer managed key that it is encrypted with. */
  readonly keyArn?: string;
  /** The state of that key, where it cannot decrypt in it. */
  readonly keyState?: string;
  /** Why that is not known. */
  readonly unknown?: string;
}

/** @param arn of a secret or a parameter; wildcards of a secret's suffix count as left out. */
export type Keys = (arn: string) => Promise<Stored>;
