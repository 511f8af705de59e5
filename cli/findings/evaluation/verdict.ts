import { assuming, type Expression, firstFact } from "./expression";
import { areCompatible, type Choice, type Fact } from "./facts";

export interface Verdict {
  readonly allowed: boolean;
  /** The condition under which the call is allowed, if the command cannot know whether it is met. */
  readonly onlyWith?: string;
}

/** How many combinations of facts are tried. Twelve facts that do not depend on each other have 4096. */
const MOST_COMBINATIONS = 8192;

/** How many ways to be allowed a report names. */
const WAYS_NAMED = 3;

/** Whether a call is allowed with every possible combination of the unknown facts, with none, or with some. */
export function verdictOn(allowed: Expression<Fact>): Verdict {
  const ways: Choice[][] = [];
  let isDenied = false;
  const isDecided = explored(allowed, [], (isAllowed, chosen) => {
    isDenied ||= !isAllowed;
    if (isAllowed && ways.length <= WAYS_NAMED && !ways.some((way) => way.every((one) => isAmong(one, chosen)))) {
      ways.push(shortest(allowed, chosen));
    }
    return isDenied && ways.length > WAYS_NAMED;
  });
  if (!isDecided) {
    return { allowed: true, onlyWith: "conditions in more combinations than the command tries" };
  }
  if (ways.length === 0 || !isDenied) {
    return { allowed: ways.length > 0 };
  }
  const named = ways.slice(0, WAYS_NAMED).map(inWords);
  return { allowed: true, onlyWith: [...named, ...(ways.length > WAYS_NAMED ? ["other values"] : [])].join(" or ") };
}

/**
 * Visits every combination of the facts that an expression depends on, until the visitor has seen enough.
 *
 * @returns false if there are too many.
 */
function explored(
  whole: Expression<Fact>,
  given: readonly Choice[],
  visit: (isAllowed: boolean, chosen: readonly Choice[]) => boolean,
): boolean {
  let left = MOST_COMBINATIONS;
  let isEnough = false;
  const explore = (expression: Expression<Fact>, chosen: readonly Choice[]): void => {
    if (typeof expression === "boolean") {
      left -= 1;
      isEnough = visit(expression, chosen);
      return;
    }
    const fact = firstFact(expression);
    for (const is of [true, false]) {
      const choice = { fact, is };
      if (!isEnough && left > 0 && chosen.every((other) => areCompatible(other, choice))) {
        explore(
          assuming(expression, ({ id }) => (id === fact.id ? is : undefined)),
          [...chosen, choice],
        );
      }
    }
  };
  explore(assumingAll(whole, given), given);
  return isEnough || left > 0;
}

function assumingAll(whole: Expression<Fact>, chosen: readonly Choice[]): Expression<Fact> {
  const values = new Map(chosen.map(({ fact, is }) => [fact.id, is]));
  return assuming(whole, ({ id }) => values.get(id));
}

const isAmong = ({ fact, is }: Choice, chosen: readonly Choice[]) =>
  chosen.some((other) => other.fact.id === fact.id && other.is === is);

/** The choices without those that make no difference. */
function shortest(allowed: Expression<Fact>, chosen: readonly Choice[]): Choice[] {
  let kept = [...chosen];
  // Negative choices say the least.
  for (const one of [...chosen].sort((a, b) => Number(a.is) - Number(b.is))) {
    const without = kept.filter((other) => other !== one);
    let isStillAllowed = true;
    const isDecided = explored(allowed, without, (isAllowed) => {
      isStillAllowed = isAllowed;
      return !isAllowed;
    });
    kept = isDecided && isStillAllowed ? without : kept;
  }
  return kept;
}

function inWords(way: readonly Choice[]): string {
  return way.map(({ fact: { words }, is }) => (is ? words.is : words.not)).join(" and ");
}
