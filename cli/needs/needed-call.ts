/** A call that Amazon ECS makes with the execution role. */
export interface NeededCall {
  readonly action: string;
  readonly resource: string;
  /** The pattern that the resource is an example of, if the resource itself is unknown. */
  readonly pattern?: string;
  /** The ARN that IAM may compare instead: that of a log group without `:*`. */
  readonly or?: string;
  /** The condition keys that only this call has, with their values; none if it lacks the key. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** The service that makes the call on behalf of the role, and the ARN of what it reads. */
  readonly through?: { readonly service: string; readonly of: string };
  readonly isFargate?: boolean;
  readonly task: string;
  readonly component: string;
  readonly field: string;
  /** Whether what it reads does not exist before the apply of a plan. */
  readonly isAbsentBeforeApply?: boolean;
  /** Why the call fails, whatever the role allows. */
  readonly fails?: string;
}
