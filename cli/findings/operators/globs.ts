/*
 * Patterns of IAM, as lists of symbols: a symbol is a character that stands for itself, or a wildcard. So a character
 * that a policy variable puts into a pattern is never a wildcard.
 */

/** `*`: any characters. */
export const STAR = "any characters";
/** `?`: one character. */
export const ONE = "one character";
/** A wildcard between two colons of an ARN does not match a colon. */
export const STAR_IN_SEGMENT = "any characters but a colon";
export const ONE_IN_SEGMENT = "one character but a colon";

export type Pattern = readonly string[];

const WILDCARDS: Readonly<Record<string, string>> = { "*": STAR, "?": ONE };

export const literal = (text: string): Pattern => [...text];
export const patternOf = (text: string): Pattern => [...text].map((one) => WILDCARDS[one] ?? one);
export const isWildcard = (symbol: string) => isStar(symbol) || symbol === ONE || symbol === ONE_IN_SEGMENT;

/** A pattern as a policy writes it. */
export const asText = (pattern: Pattern) =>
  pattern.map((one) => (isWildcard(one) ? (isStar(one) ? "*" : "?") : one)).join("");

const isStar = (symbol: string | undefined) => symbol === STAR || symbol === STAR_IN_SEGMENT;
const isInSegment = (symbol: string) => symbol === STAR_IN_SEGMENT || symbol === ONE_IN_SEGMENT;

/** Whether a symbol can stand for a character. */
const covers = (symbol: string, character: string) =>
  isWildcard(symbol) ? character !== ":" || !isInSegment(symbol) : symbol === character;

/** Whether a pattern matches a text, in time pattern times text. */
export function matches(pattern: Pattern, text: string): boolean {
  let places = reached(pattern, [0]);
  for (const character of text) {
    places = step(pattern, places, character);
    if (places.length === 0) {
      return false;
    }
  }
  return places.includes(pattern.length);
}

/** The places in a pattern, and the places after stars, which can match nothing. */
function reached(pattern: Pattern, places: readonly number[]): readonly number[] {
  if (!places.some((place) => isStar(pattern[place]))) {
    return places;
  }
  const all = new Set<number>();
  for (const place of places) {
    let next = place;
    all.add(next);
    while (isStar(pattern[next])) {
      next += 1;
      all.add(next);
    }
  }
  return [...all];
}

function step(pattern: Pattern, places: readonly number[], character: string): readonly number[] {
  const next: number[] = [];
  for (const place of places) {
    const symbol = pattern[place];
    if (symbol !== undefined && covers(symbol, character)) {
      next.push(isStar(symbol) ? place : place + 1);
    }
  }
  return reached(pattern, next);
}

/** A character that no pattern contains: whatever matches it in a place matches any other character there. */
const ANY_OTHER = "\0";

/** How many steps are worth an answer. IAM's quotas allow patterns with more. */
const MOST_STEPS = 20_000;

/**
 * Whether the outer pattern matches every text that the inner pattern matches. Walks through the hardest of these texts,
 * and tracks every place that the outer pattern can have reached. If that takes too long, the answer is no.
 */
export function contains(outer: Pattern, inner: Pattern): boolean {
  const seen = new Set<string>();
  const waiting: [at: number, places: readonly number[]][] = [[0, reached(outer, [0])]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [at, places] = next;
    const known = `${at}:${places}`;
    if (seen.has(known)) {
      continue;
    }
    seen.add(known);
    const symbol = inner[at];
    if (places.length === 0 || seen.size > MOST_STEPS || (symbol === undefined && !places.includes(outer.length))) {
      return false;
    }
    for (const character of symbol === undefined ? [] : hardest(symbol)) {
      waiting.push([isStar(symbol) ? at : at + 1, step(outer, places, character)]);
    }
    if (isStar(symbol)) {
      waiting.push([at + 1, places]);
    }
  }
  return true;
}

const hardest = (symbol: string) =>
  isWildcard(symbol) ? (isInSegment(symbol) ? [ANY_OTHER] : [ANY_OTHER, ":"]) : [symbol];

/** Whether there is a text that both patterns match. */
export function overlaps(one: Pattern, other: Pattern): boolean {
  // Before the first star, the patterns meet symbol by symbol. Most patterns differ there.
  let start = 0;
  while (canMeet(one[start], other[start]) && !isStar(one[start]) && !isStar(other[start])) {
    start += 1;
  }
  const [a, b] = [one.slice(start), other.slice(start)];
  return isStar(a[0]) || isStar(b[0]) ? overlapFromEnd(a, b) : a.length === 0 && b.length === 0;
}

function overlapFromEnd(one: Pattern, other: Pattern): boolean {
  // Row by row from the end: whether the rest of one pattern and the rest of the other can match the same text.
  let below: boolean[] = [];
  for (let at = one.length; at >= 0; at -= 1) {
    const row = Array<boolean>(other.length + 1);
    for (let to = other.length; to >= 0; to -= 1) {
      const [a, b] = [one[at], other[to]];
      row[to] =
        (isStar(a) && Boolean(below[to] || (canMeet(a, b) && row[to + 1]))) ||
        (isStar(b) && Boolean(row[to + 1] || (canMeet(a, b) && below[to]))) ||
        (a === undefined && b === undefined) ||
        (!isStar(a) && !isStar(b) && canMeet(a, b) && Boolean(below[to + 1]));
    }
    below = row;
  }
  return below[0] ?? false;
}

function canMeet(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && ((isWildcard(a) && isWildcard(b)) || covers(a, b) || covers(b, a));
}
