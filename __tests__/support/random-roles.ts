import type { RoleWithPolicies } from "../../cli/account/policies";
import type { StatementJson } from "../../cli/policy-json";

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

const negatable = (...names: readonly string[]) =>
  names.flatMap((name) => [name, name.replace(/^(String|Arn|Numeric|Date)/, "$1Not")]);
const ordered = (kind: string) =>
  ["LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"].map((one) => kind + one);

export const STRINGS: Kind = {
  keys: ["aws:PrincipalTag/team", "aws:PrincipalTag/home"],
  values: ["a", "ab", "A", "b*", "bX", "aXb"],
  operators: negatable("StringEquals", "StringEqualsIgnoreCase", "StringLike"),
  compared: ["a", "ab", "AB", "a*", "?b", "*", "b*", "a?b", "aXb", "b?"],
  variables: ["${aws:PrincipalTag/home}", "${aws:PrincipalTag/team, 'ab'}", "a${aws:PrincipalTag/none, 'X'}b"],
};

export const KINDS: readonly Kind[] = [
  STRINGS,
  // Its values are never wildcards in a policy with the variable.
  {
    keys: ["aws:PrincipalTag/glob"],
    values: ["orders", "o*", "order?"],
    operators: STRINGS.operators,
    compared: ["orders", "o*", "ORDER?"],
  },
  {
    keys: ["aws:CalledVia"],
    isList: true,
    values: ["x", "y", "xy", "X"],
    operators: STRINGS.operators,
    compared: ["x", "y", "x*", "XY", "*", "?"],
  },
  {
    keys: ["aws:PrincipalArn"],
    values: ["arn:aws:iam::111122223333:role/orders", "arn:aws:iam::111122223333:role/a:b"],
    operators: negatable("ArnEquals", "ArnLike"),
    compared: [
      ...[
        "arn:aws:iam::111122223333:role/orders",
        "arn:aws:iam::*:role/*",
        "arn:*:iam::1*3:role/a:?",
        "arn:aws:*::111122223333:role/*",
      ],
      ...[
        "arn:aws:iam::111122223333:*:b",
        "arn:aws:iam::*:b",
        "arn:aws:iam::11112222333?:role/orders",
        "arn:aws:s3:::orders",
      ],
    ],
  },
  {
    keys: ["aws:PrincipalTag/level"],
    values: ["1", "2", "10", "-1", "2.5"],
    operators: [...negatable("NumericEquals"), ...ordered("Numeric")],
    compared: ["1", "2", "10", "2.0", "2.5", "-1"],
  },
  {
    keys: ["aws:TokenIssueTime"],
    values: ["2026-01-01T00:00:00Z", "2026-01-01T12:00:00+01:00", "2027-06-01T00:00:00Z"],
    operators: [...negatable("DateEquals"), ...ordered("Date")],
    compared: [
      "2026-01-01T00:00:00Z",
      "2026-01-01T11:00:00Z",
      "2026-01-02",
      "2027-06-01T00:00:00.000Z",
      "2028-01-01T00:00:00Z",
    ],
  },
  {
    keys: ["aws:SourceIp"],
    values: ["203.0.113.7", "10.1.2.3", "2001:db8::1"],
    operators: ["IpAddress", "NotIpAddress"],
    compared: [
      "203.0.113.0/24",
      "203.0.113.7",
      "10.0.0.0/8",
      "10.1.2.2/31",
      "10.1.0.0/23",
      "2001:db8::/32",
      "2001:db8:0:1::/64",
    ],
  },
  {
    keys: ["aws:SecureTransport"],
    values: ["true", "false"],
    operators: ["Bool"],
    compared: ["true", "false", "True"],
  },
  {
    keys: ["aws:PrincipalTag/bytes"],
    values: ["QQ==", "Qg=="],
    operators: ["BinaryEquals"],
    compared: ["QQ==", "Qg==", "qq=="],
  },
];

/** Kinds of keys of which the command knows no value, and which values a request can have. */
export const UNKNOWN_KINDS: readonly Kind[] = [
  {
    keys: ["aws:SourceVpce"],
    values: ["vpce-1", "vpce-2", "vpce-9", "vpce-*", "x"],
    operators: negatable("StringEquals", "StringLike"),
    compared: ["vpce-1", "vpce-2", "vpce-*"],
  },
  { keys: ["aws:SourceVpc"], values: ["vpc-1", "vpc-9"], operators: negatable("StringEquals"), compared: ["vpc-1"] },
  {
    keys: ["aws:SourceIp"],
    values: ["203.0.113.7", "203.0.113.8", "10.1.2.3", "198.51.100.1", "2001:db8::1"],
    operators: ["IpAddress", "NotIpAddress"],
    compared: ["203.0.113.0/24", "203.0.113.7", "10.0.0.0/8", "0.0.0.0/0", "::/0"],
  },
  {
    keys: ["aws:ResourceTag/team"],
    values: ["a", "ab", "aZ", "A", "AB", "aB", "zz", "a*", "A*", "*"],
    operators: negatable("StringEquals", "StringEqualsIgnoreCase", "StringLike"),
    compared: ["a", "ab", "a*", "*"],
    variables: ["${aws:PrincipalTag/team}"],
  },
  { keys: ["aws:UserAgent"], values: ["one", "other"], operators: negatable("StringEquals"), compared: ["one"] },
  {
    keys: ["aws:SomethingNew"],
    values: ["0.5", "1", "1.5", "2", "2.5"],
    operators: [...negatable("NumericEquals"), ...ordered("Numeric")],
    compared: ["1", "2"],
  },
];

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
