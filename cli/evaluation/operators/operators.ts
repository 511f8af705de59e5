import { completed, inSegments, isWhole } from "./arn-patterns";
import { ADDRESSES, BOOLEANS, bitsOf, type Family, type Range, ranges, TEXTS, type Test } from "./families";
import { literal, type Pattern } from "./globs";

/** How a policy compares a value of a request with a text. */
export interface Comparison {
  readonly name: string;
  /** @returns undefined if IAM cannot compare with this value. */
  readonly test: (value: Pattern) => Test | undefined;
  readonly takesWildcards?: boolean;
  readonly takesVariables?: boolean;
  /** Whether AWS's pages say how values of this form compare. */
  readonly isDocumented?: (value: Pattern) => boolean;
  /** How a report says it: `aws:SourceIp in 203.0.113.0/24`. */
  readonly words: { readonly positive: string; readonly negative: string };
}

export interface Operator {
  readonly set?: string;
  readonly ifExists: boolean;
  /** Undefined for `Null`. */
  readonly comparison?: Comparison;
  readonly isNegated: boolean;
}

const EQUAL = { positive: "", negative: "other than " };
const LIKE = { positive: "like ", negative: "not like " };
const TEXT = { takesVariables: true, words: EQUAL };

const comparing = <O>(family: Family<O>, operand: (value: Pattern) => O | undefined) => ({
  test: (value: Pattern): Test | undefined => {
    const found = operand(value);
    return found === undefined ? undefined : ({ family, operand: found } as Test);
  },
});

export const EQUALS: Comparison = { name: "equals", ...TEXT, ...comparing(TEXTS, (pattern) => ({ pattern })) };
export const ANY_CASE: Comparison = {
  name: "equals in any case",
  ...TEXT,
  ...comparing(TEXTS, (pattern) => ({ pattern, ignoresCase: true })),
};
const PATTERN: Comparison = { ...EQUALS, name: "like", takesWildcards: true, words: LIKE };
const ARN: Comparison = {
  ...PATTERN,
  name: "ARN",
  ...comparing(TEXTS, (value) => ({ pattern: inSegments(value) })),
  isDocumented: isWhole,
};
/** The comparison of a Resource element with the ARN of a request. */
export const RESOURCE: Comparison = {
  ...PATTERN,
  ...comparing(TEXTS, (value) => ({ pattern: completed(value) })),
  name: "resource",
  words: EQUAL,
};
const BOOL: Comparison = {
  ...TEXT,
  name: "boolean",
  ...comparing(BOOLEANS, (value) => {
    const text = value.join("").toLowerCase();
    return text === "true" || (text === "false" ? false : undefined);
  }),
};
const BINARY: Comparison = { ...EQUALS, takesVariables: false };
const ADDRESS: Comparison = {
  name: "address",
  ...comparing(ADDRESSES, (value) => bitsOf(value.join(""))),
  words: { positive: "in ", negative: "not in " },
};

const numberIn = (text: string) => (/^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined);

/** A month, a day, or a day and a time, which is UTC if it has no zone. @see https://www.w3.org/TR/NOTE-datetime */
const W3C_DATE = /^(\d{4}-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?)?)(Z|[+-]\d\d:\d\d)?$/;

/** Milliseconds since 1970, from a date as the W3C writes it or from seconds. */
function timeIn(text: string): number | undefined {
  const [, date = "", zone = date.includes("T") ? "Z" : ""] = text.toUpperCase().match(W3C_DATE) ?? [];
  const time = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(date + zone);
  return Number.isNaN(time) ? undefined : time;
}

const KINDS: Readonly<Record<string, (text: string) => number | undefined>> = { Numeric: numberIn, Date: timeIn };

const RELATIONS: Readonly<Record<string, { range: (value: number) => Range; words: Comparison["words"] }>> = {
  Equals: { range: (value) => ({ low: value, high: value }), words: EQUAL },
  LessThan: { range: (value) => ({ low: -Infinity, high: value, isOpen: true }), words: wordsOf("less than") },
  LessThanEquals: { range: (value) => ({ low: -Infinity, high: value }), words: wordsOf("at most") },
  GreaterThan: { range: (value) => ({ low: value, high: Infinity, isOpen: true }), words: wordsOf("greater than") },
  GreaterThanEquals: { range: (value) => ({ low: value, high: Infinity }), words: wordsOf("at least") },
};

function wordsOf(words: string): Comparison["words"] {
  return { positive: `${words} `, negative: `not ${words} ` };
}

const ordered = Object.entries(KINDS).flatMap(([kind, read]) => {
  const family = ranges(kind, read);
  return Object.entries(RELATIONS).map(([relation, { range, words }]): [string, Comparison] => {
    const operand = (value: Pattern) => {
      const number = read(value.join(""));
      return number === undefined ? undefined : range(number);
    };
    return [kind + relation, { name: kind + relation, ...comparing(family, operand), words }];
  });
});

/**
 * The condition operators of IAM. A name with `Not` is the negation of another.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  StringEquals: EQUALS,
  StringEqualsIgnoreCase: ANY_CASE,
  StringLike: PATTERN,
  ArnEquals: ARN,
  ArnLike: ARN,
  Bool: BOOL,
  BinaryEquals: BINARY,
  IpAddress: ADDRESS,
  ...Object.fromEntries(ordered),
};

const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: "StringEquals",
  StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
  StringNotLike: "StringLike",
  ArnNotEquals: "ArnEquals",
  ArnNotLike: "ArnLike",
  NotIpAddress: "IpAddress",
  NumericNotEquals: "NumericEquals",
  DateNotEquals: "DateEquals",
};

/** @returns undefined if IAM has no such operator. */
export function operatorNamed(name: string): Operator | undefined {
  if (name === "Null") {
    return { ifExists: false, isNegated: false };
  }
  const [, set, base = "", ifExists] = name.match(/^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/) ?? [];
  const comparison = COMPARISONS[NEGATED[base] ?? base];
  return (
    comparison && { ...(set && { set }), ifExists: ifExists !== undefined, comparison, isNegated: base in NEGATED }
  );
}

/** Whether IAM can compare with a value as it is in a policy. */
export function isComparable({ comparison }: Operator, value: string): boolean {
  const isVariable = comparison?.takesVariables && value.includes("${");
  return comparison ? isVariable || comparison.test(literal(value)) !== undefined : /^(true|false)$/i.test(value);
}
