import { assuming, type Expression, firstFact, not } from "./expression";
import { areCompatible, type Choice } from "./unknown-facts";

export interface Verdict {
  readonly allowed: boolean;
  /** The condition under which the call is allowed, if the command cannot know whether it is met. */
  readonly onlyWith?: string;
}

/** How many combinations are tried. Twelve facts that do not depend on each other have 4096. */
const MOST_COMBINATIONS = 8192;

/** How many ways to be allowed, and facts in each, a report names. */
const MOST_NAMED = 4;

/** Whether a call is allowed with every possible combination of the unknown facts, with none, or with some. */
export function verdictOn(allowed: Expression): Verdict {
  const ways: Choice[][] = [];
  let isDenied = false;
  let tried = 0;
  for (const { isAllowed, chosen } of combinations(allowed)) {
    tried += 1;
    isDenied ||= !isAllowed;
    if (isAllowed && ways.length <= MOST_NAMED && !ways.some((way) => isWithin(way, chosen))) {
      ways.push(shortest(allowed, chosen));
    }
    if ((isDenied && ways.length > MOST_NAMED) || tried > MOST_COMBINATIONS) {
      break;
    }
  }
  if (tried <= MOST_COMBINATIONS && (ways.length === 0 || !isDenied)) {
    return { allowed: ways.length > 0 };
  }
  const different = ways.filter((way) => !ways.some((other) => other.length < way.length && isWithin(other, way)));
  const named = [...new Set(different.slice(0, MOST_NAMED).map(inWords))];
  const more = different.length > MOST_NAMED || named.length === 0 ? ["other values of its condition keys"] : [];
  return { allowed: true, onlyWith: [...named, ...more].join(" or ") };
}

/** Whether a combination of the unknown facts allows a call. If too many would have to be tried, one may. */
export function isPossible(allowed: Expression): boolean {
  let tried = 0;
  for (const { isAllowed } of combinations(allowed)) {
    tried += 1;
    if (isAllowed || tried > MOST_COMBINATIONS) {
      return true;
    }
  }
  return false;
}

interface Combination {
  readonly isAllowed: boolean;
  readonly chosen: readonly Choice[];
}

/** Every possible combination of the facts that an expression depends on. */
function* combinations(expression: Expression, chosen: readonly Choice[] = []): Generator<Combination> {
  if (typeof expression === "boolean") {
    yield { isAllowed: expression, chosen };
    return;
  }
  const fact = firstFact(expression);
  for (const holds of [true, false]) {
    const choice = { fact, holds };
    yield* combinations(after(expression, choice), [...chosen, choice]);
  }
}

/** An expression without the facts that a choice settles. */
function after(expression: Expression, choice: Choice): Expression {
  return assuming(expression, (fact) => {
    const possible =
      fact.id === choice.fact.id
        ? [choice.holds]
        : [true, false].filter((holds) => areCompatible({ fact, holds }, choice));
    return possible.length === 1 ? possible[0] : undefined;
  });
}

const isWithin = (way: readonly Choice[], chosen: readonly Choice[]) =>
  way.every(({ fact, holds }) => chosen.some((other) => other.fact.id === fact.id && other.holds === holds));

/** The choices without those that make no difference. */
function shortest(allowed: Expression, chosen: readonly Choice[]): Choice[] {
  // Negative choices say the least. Often, none of them is needed.
  const positive = chosen.filter(({ holds }) => holds);
  const start = isAlways(allowed, positive) ? positive : [...chosen].sort((a, b) => Number(a.holds) - Number(b.holds));
  return start.reduce((kept, one) => {
    const without = kept.filter((other) => other !== one);
    return isAlways(allowed, without) ? without : kept;
  }, start);
}

const isAlways = (allowed: Expression, given: readonly Choice[]) => !isPossible(not(given.reduce(after, allowed)));

function inWords(way: readonly Choice[]): string {
  const words = way.slice(0, MOST_NAMED).map(({ fact: { words }, holds }) => (holds ? words.positive : words.negative));
  const more = way.length > MOST_NAMED ? [`${way.length - MOST_NAMED} more`] : [];
  return [...words, ...more].join(" and ");
}
