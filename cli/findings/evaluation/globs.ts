/*
 * IAM patterns: `*` matches any characters, `?` matches one.
 */

/** Represents every character that is not in the outer pattern. */
const ANY_OTHER = "\0";

/**
 * Whether the outer pattern matches every text that the inner pattern matches. Walks through the texts that the inner
 * pattern matches, and tracks every position that the outer pattern can have reached.
 */
export function contains(outer: string, inner: string): boolean {
  if (outer === "*" || outer === inner) {
    return true;
  }
  const alphabet = [ANY_OTHER, ...new Set(outer.replace(/[*?]/g, ""))];
  const seen = new Set<string>();
  const waiting: [at: number, places: readonly number[]][] = [[0, reached(outer, [0])]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [at, places] = next;
    const known = `${at}:${places}`;
    if (seen.has(known)) {
      continue;
    }
    seen.add(known);
    const isWhole = at === inner.length;
    if (places.length === 0 || (isWhole && !places.includes(outer.length))) {
      return false;
    }
    const symbol = inner[at] ?? "";
    const isWildcard = symbol === "*" || symbol === "?";
    const then = symbol === "*" ? at : at + 1;
    for (const character of isWhole ? [] : isWildcard ? alphabet : [symbol]) {
      waiting.push([then, step(outer, places, character)]);
    }
    if (symbol === "*") {
      waiting.push([at + 1, places]);
    }
  }
  return true;
}

/** The positions in a pattern, and the positions after stars, which can match nothing. */
function reached(pattern: string, places: readonly number[]): number[] {
  const all = places.flatMap((place) => {
    const [stars = ""] = pattern.slice(place).match(/^\**/) ?? [];
    return Array.from({ length: stars.length + 1 }, (_, more) => place + more);
  });
  return [...new Set(all)].sort((one, other) => one - other);
}

function step(pattern: string, places: readonly number[], character: string): number[] {
  const next = places.flatMap((place) => {
    const symbol = pattern[place];
    if (symbol === "*") {
      return [place];
    }
    return symbol === "?" || symbol === character ? [place + 1] : [];
  });
  return reached(pattern, next);
}

/** Whether there is a text that both patterns match. */
export function overlaps(one: string, other: string): boolean {
  // Row by row from the end: whether the rest of one pattern and the rest of the other can match the same text.
  let below: boolean[] = [];
  for (let at = one.length; at >= 0; at -= 1) {
    const row: boolean[] = [];
    for (let to = other.length; to >= 0; to -= 1) {
      const [a, b] = [one[at], other[to]];
      const isStar = a === "*" || b === "*";
      const isSame = a !== undefined && b !== undefined && (a === "?" || b === "?" || a === b);
      row[to] = isStar ? Boolean(below[to] || row[to + 1]) : isSame ? Boolean(below[to + 1]) : a === b;
    }
    below = row;
  }
  return below[0] ?? false;
}

const regExps = new Map<string, RegExp>();

/** Whether a pattern matches a text. A pattern is tested against thousands of actions, so its RegExp is cached. */
export function matches(pattern: string, text: string): boolean {
  const regExp = regExps.get(pattern) ?? asRegExp(pattern);
  regExps.set(pattern, regExp);
  return regExp.test(text);
}

function asRegExp(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
}
