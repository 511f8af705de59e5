/** A policy document as IAM stores it. */
export interface PolicyJson {
  readonly Version?: string;
  readonly Statement: StatementJson | readonly StatementJson[];
}

/** IAM writes one for a list of one. */
type OneOrMore = string | readonly string[];

export interface StatementJson {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Principal?: string | Readonly<Record<string, OneOrMore>>;
  readonly NotPrincipal?: unknown;
  readonly Action?: OneOrMore;
  readonly NotAction?: unknown;
  readonly Resource?: OneOrMore;
  readonly NotResource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;
}

export function list<T>(value: T | readonly T[] | undefined): readonly T[] {
  return value === undefined ? [] : ([value].flat() as T[]);
}

/** With IAM's policy variables as the AWS provider writes them, `&{...}`: `${...}` is an expression of Terraform. */
export function inTerraformsWriting<P extends PolicyJson>(policy: P): P {
  return JSON.parse(JSON.stringify(policy).replaceAll("${", "&{"));
}
