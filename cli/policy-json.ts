/** A policy document as IAM stores it. */
export interface PolicyJson {
  readonly Version?: string;
  readonly Statement: StatementJson | readonly StatementJson[];
}

/** IAM stores a list of one as a single value. */
export type OneOrMore = string | readonly string[];

export interface StatementJson {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Principal?: string | Readonly<Record<string, OneOrMore>>;
  readonly NotPrincipal?: unknown;
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;
}

/** How reports name a statement. */
export const nameOf = ({ Sid }: StatementJson, index: number): string => Sid || `statement ${index + 1}`;

export function list<T>(value: T | readonly T[] | undefined): readonly T[] {
  return value === undefined ? [] : ([value].flat() as T[]);
}

/** Writes IAM policy variables as `&{...}`, like the AWS provider, because `${...}` is a Terraform expression. */
export function inTerraformsWriting<P extends PolicyJson>(policy: P): P {
  return JSON.parse(JSON.stringify(policy).replaceAll("${", "&{"));
}
