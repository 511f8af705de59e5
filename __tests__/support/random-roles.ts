import type { RoleWithPolicies } from "../../cli/aws-calls/policies";
import type { StatementJson } from "../../cli/policy-json";
import { fixture } from "./fixture";

/** Random numbers that are the same in every run. */
export class Chance {
  constructor(private seed: number) {}

  private next(): number {
    this.seed = (this.seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.seed ^ (this.seed >>> 15), 1 | this.seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  is(probability: number): boolean {
    return this.next() < probability;
  }

  one<T>(of: readonly T[]): T {
    return of[Math.floor(this.next() * of.length)] as T;
  }

  some<T>(most: number, make: () => T, least = 1): T[] {
    return Array.from({ length: this.one(Array.from({ length: most - least + 1 }, (_, at) => least + at)) }, make);
  }
}

/** A kind of condition key: its operators, and values for the request and for a policy. */
export interface Kind {
  readonly keys: readonly string[];
  readonly isList?: boolean;
  readonly values: readonly string[];
  readonly operators: readonly string[];
  readonly compared: readonly string[];
  /** Values with a policy variable, which the operators take. */
  readonly variables?: readonly string[];
}

/**
 * Kinds of keys with values that a request has, and kinds of which the command knows no value. The values of
 * `aws:PrincipalTag/glob` are never wildcards in a policy with the variable.
 */
export const { known: KINDS, unknown: UNKNOWN_KINDS } =
  fixture<Readonly<Record<"known" | "unknown", readonly Kind[]>>>("condition-keys.json");

export type Values = Readonly<Record<string, readonly string[]>>;

export const isNegated = (operator: string) => operator.includes("Not");

/** The condition keys of a request; a missing key has no values. */
export function randomValues(chance: Chance, kinds: readonly Kind[]): Values {
  const keys = kinds.flatMap((kind) => kind.keys.map((key) => ({ key, kind })));
  return Object.fromEntries(
    keys.map(({ key, kind: { values, isList } }) => {
      const some = chance.is(0.25) ? [] : chance.some(isList ? 3 : 1, () => chance.one(values));
      return [key, [...new Set(some)]];
    }),
  );
}

function randomCondition(chance: Chance, kind: Kind, canUse: (value: string, operator: string) => boolean) {
  const { keys, isList = false, operators, compared, variables = [] } = kind;
  if (chance.is(0.1)) {
    return { Null: { [chance.one(keys)]: chance.one(["true", "false"]) } };
  }
  const operator = chance.one(operators);
  const set = isList || chance.is(0.1) ? chance.one(["ForAllValues:", "ForAnyValue:"]) : "";
  const values = chance.some(3, () => chance.one(chance.is(0.3) ? [...compared, ...variables] : compared));
  const usable = values.filter((value) => canUse(value, operator));
  const name = `${set}${operator}${set !== "ForAnyValue:" && chance.is(0.25) ? "IfExists" : ""}`;
  return {
    [name]: { [chance.one(keys)]: usable.length === 0 ? [compared[0]] : usable.length === 1 ? usable[0] : usable },
  };
}

export interface Parts {
  readonly chance: Chance;
  readonly kinds: readonly Kind[];
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly canUse: (value: string, operator: string) => boolean;
  /** Whether a resource can be one that the statement does not cover. */
  readonly canExclude?: (resource: string) => boolean;
}

function randomStatement({ chance, kinds, actions, resources, canUse, canExclude = () => true }: Parts): StatementJson {
  const conditions = chance.some(2, () => randomCondition(chance, chance.one(kinds), canUse), 0);
  const named = chance.some(2, () => chance.one(resources));
  const excluded = named.filter(canExclude);
  return {
    Effect: chance.is(0.7) ? "Allow" : "Deny",
    ...(chance.is(0.2)
      ? { NotAction: chance.some(2, () => chance.one(actions)) }
      : { Action: chance.some(2, () => chance.one(actions)) }),
    ...(chance.is(0.25) && excluded.length > 0 ? { NotResource: excluded } : { Resource: named }),
    ...(conditions.length > 0 && { Condition: Object.assign({}, ...conditions) }),
  };
}

/** The policies of a role, and its boundary if it has one. */
export function randomRole(parts: Parts): Pick<RoleWithPolicies, "policies" | "boundary"> {
  const { chance } = parts;
  const policy = (name: string) => ({
    name,
    document: { Version: "2012-10-17", Statement: chance.some(3, () => randomStatement(parts)) },
  });
  return { policies: chance.some(2, () => policy("own")), ...(chance.is(0.3) && { boundary: policy("boundary") }) };
}
