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

/** Whether there is a character that both symbols can stand for. */
const canMeet = (a: string, b: string | undefined) =>
  b !== undefined && (covers(b, a) || covers(a, b) || (isWildcard(a) && isWildcard(b)));

/** Whether a pattern matches a text, in time pattern times text. */
export const matches = (pattern: Pattern, text: string) => overlaps(literal(text), pattern);

/** Whether there is a text that both patterns match: walks through one and tracks every place in the other. */
export function overlaps(one: Pattern, other: Pattern): boolean {
  let places = reached(other, [0]);
  for (const symbol of one) {
    places = isStar(symbol) ? reached(other, places, (next) => canMeet(symbol, next)) : step(other, places, symbol);
    if (places.length === 0) {
      return false;
    }
  }
  return places.includes(other.length);
}

/** The places in a pattern, and those after symbols that can be passed: stars can match nothing. */
function reached(
  pattern: Pattern,
  places: readonly number[],
  canPass: (symbol: string | undefined) => boolean = isStar,
): readonly number[] {
  if (!places.some((place) => canPass(pattern[place]))) {
    return places;
  }
  const all = new Set<number>();
  for (const place of places) {
    let next = place;
    while (!all.has(next) && canPass(pattern[next])) {
      all.add(next);
      next += 1;
    }
    all.add(next);
  }
  return [...all];
}

function step(pattern: Pattern, places: readonly number[], symbol: string): readonly number[] {
  const next: number[] = [];
  for (const place of places) {
    if (canMeet(symbol, pattern[place])) {
      next.push(isStar(pattern[place]) ? place : place + 1);
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
