/** What AWS returns about a secret or a parameter, without its value. */
export interface Stored {
  readonly exists: boolean;
  /** The full ARN of a secret. */
  readonly arn?: string;
  /** The customer managed key that it is encrypted with. */
  readonly keyArn?: string;
  /** The state of that key, if the key cannot decrypt in this state. */
  readonly keyState?: string;
  /** Why the key is unknown. */
  readonly unknown?: string;
}

/** Why a task cannot read something that does not exist. AWS still describes a deleted secret. */
export const whyAbsent = ({ arn }: Partial<Stored>) =>
  arn === undefined ? "it does not exist" : "it is scheduled for deletion";

/** @param arn the ARN of a secret or a parameter; wildcards in place of a secret's suffix are ignored. */
export type Keys = (arn: string) => Promise<Stored>;
