import { contains, isWildcard, matches, ONE, overlaps, type Pattern } from "./globs";

/** Values that are compared in the same way. */
export interface Family<O> {
  readonly name: string;
  /** Whether a value of a request meets an operand; undefined if the value is of another kind. */
  readonly holds: (operand: O, text: string) => boolean | undefined;
  /** Whether one value can meet both. */
  readonly overlap: (one: O, other: O) => boolean;
  /** Whether each value that meets the inner operand meets the outer one. */
  readonly contain: (outer: O, inner: O) => boolean;
  /** For one of two operands of which each value meets exactly one: the other. */
  readonly opposite?: (operand: O) => O | undefined;
}

/** A comparison with an operand. */
export interface Test<O = unknown> {
  readonly family: Family<O>;
  readonly operand: O;
}

export interface Text {
  readonly pattern: Pattern;
  readonly ignoresCase?: boolean;
}

export const TEXTS: Family<Text> = {
  name: "text",
  holds: ({ pattern, ignoresCase }, text) =>
    ignoresCase ? matches(lowerCase(pattern), text.toLowerCase()) : matches(pattern, text),
  overlap: (one, other) =>
    one.ignoresCase || other.ignoresCase
      ? overlaps(lowerCase(one.pattern), lowerCase(other.pattern))
      : overlaps(one.pattern, other.pattern),
  contain: (outer, inner) =>
    outer.ignoresCase
      ? contains(lowerCase(outer.pattern), lowerCase(inner.pattern))
      : contains(outer.pattern, inner.ignoresCase ? inner.pattern.map(inAnyCase) : inner.pattern),
};

export const BOOLEANS: Family<boolean> = {
  name: "boolean",
  holds: (operand, text) => (/^(true|false)$/i.test(text) ? /^true$/i.test(text) === operand : undefined),
  overlap: (one, other) => one === other,
  contain: (outer, inner) => outer === inner,
  opposite: (operand) => (operand ? undefined : true),
};

const lowerCase = (pattern: Pattern) => pattern.map((one) => (isWildcard(one) ? one : one.toLowerCase()));
const inAnyCase = (symbol: string) => (/\p{L}/u.test(symbol) && !isWildcard(symbol) ? ONE : symbol);

/** Numbers or times from `low` to `high`, with or without the ends. */
export interface Range {
  readonly low: number;
  readonly high: number;
  readonly isOpen?: boolean;
}

/** @param read the number that a text stands for. */
export function ranges(name: string, read: (text: string) => number | undefined): Family<Range> {
  const includes = ({ low, high, isOpen }: Range, value: number) =>
    isOpen ? low < value && value < high : low <= value && value <= high;
  return {
    name,
    holds: (range, text) => {
      const value = read(text);
      return value === undefined ? undefined : includes(range, value);
    },
    overlap: (one, other) => {
      const [low, high] = [Math.max(one.low, other.low), Math.min(one.high, other.high)];
      return low < high || (low === high && includes(one, low) && includes(other, low));
    },
    contain: (outer, inner) =>
      outer.low <= inner.low &&
      inner.high <= outer.high &&
      [inner.low, inner.high].every((end) => !Number.isFinite(end) || !includes(inner, end) || includes(outer, end)),
    // Exactly one of "less than" and "at least" is so.
    opposite: ({ low, high, isOpen = false }) =>
      high === Infinity ? { low: -Infinity, high: low, isOpen: !isOpen } : undefined,
  };
}

/** Ranges of IP addresses, each as the bits that its addresses start with. */
export const ADDRESSES: Family<string> = {
  name: "address",
  holds: (range, text) => bitsOf(text)?.startsWith(range),
  overlap: (one, other) => one.startsWith(other) || other.startsWith(one),
  contain: (outer, inner) => inner.startsWith(outer),
  // All addresses of version 6 are those that are not of version 4.
  opposite: (range) => (range === "6:" ? "4:" : undefined),
};

const VERSIONS = [
  { name: "4:", groups: 4, bits: 8, radix: 10, pattern: /^\d{1,3}(\.\d{1,3}){3}$/, separator: "." },
  { name: "6:", groups: 8, bits: 16, radix: 16, pattern: /^[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,8}$/i, separator: ":" },
] as const;

/** The bits of an address or of a range such as 203.0.113.0/24, after the version; undefined if it is neither. */
export function bitsOf(text: string): string | undefined {
  const [address = "", length, ...rest] = text.split("/");
  const version = VERSIONS.find(({ pattern }) => pattern.test(address));
  if (!version || rest.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) {
    return undefined;
  }
  const { name, groups, bits, radix, separator } = version;
  const [start = "", end] = address.split("::");
  const split = (side: string) => (side === "" ? [] : side.split(separator));
  const left = split(start);
  const right = end === undefined ? [] : split(end);
  const zeros = end === undefined ? 0 : groups - left.length - right.length;
  const all = [...left, ...Array<string>(Math.max(0, zeros)).fill("0"), ...right];
  const numbers = all.map((group) => Number.parseInt(group, radix));
  const isAddress = all.length === groups && numbers.every((number) => number >= 0 && number < 2 ** bits);
  const kept = Number(length ?? groups * bits);
  return isAddress && kept <= groups * bits
    ? name +
        numbers
          .map((number) => number.toString(2).padStart(bits, "0"))
          .join("")
          .slice(0, kept)
    : undefined;
}
