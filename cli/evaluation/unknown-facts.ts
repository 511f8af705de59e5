import { all, type Expression, type Fact, not } from "./expression";
import { TEXTS, type Test } from "./operators/families";
import { patternOf } from "./operators/globs";
import type { KeyState, UnknownKey } from "./request";

/** A fact, or that it is not so. */
export interface Choice {
  readonly fact: Fact;
  readonly holds: boolean;
}

/** Whether a request has a key. */
export function isThere(state: KeyState, key: string): Expression {
  if (!("unknown" in state)) {
    return !("absent" in state);
  }
  const [circumstance] = state.with;
  if (circumstance === undefined) {
    return true;
  }
  const { what, holds } = circumstance;
  const [here, gone] = [key, `no ${key}`];
  const fact = {
    id: what,
    words: holds ? { positive: here, negative: gone } : { positive: gone, negative: here },
    implies: holds ? state.with : [{ what, holds: true }],
    excludes: [{ what, holds: false }],
  };
  return holds ? { fact } : not({ fact });
}

/** Whether an unknown value meets a test. It does not if the request lacks the key. */
export function meets(state: UnknownKey, key: string, { family, operand }: Test, words: Fact["words"]): Expression {
  const { unknown: name, like = "*", isList = false } = state;
  const there = isThere(state, key);
  const whole = { pattern: patternOf(like) };
  if (family === TEXTS && !(isList && like === "*")) {
    const isPossible = family.overlap(operand, whole);
    if (!isPossible || family.contain(operand, whole)) {
      return isPossible && there;
    }
  }
  const opposite = isList ? undefined : family.opposite?.(operand);
  if (opposite !== undefined) {
    const test = { family, operand: opposite };
    return all([there, not(meets(state, key, test, { positive: words.negative, negative: words.positive }))]);
  }
  const id = `${name} ${family.name} ${JSON.stringify(operand)}`;
  return { fact: { id, words, implies: state.with, about: { name, test: { family, operand }, isList } } };
}

/** A fact about which nothing else is known, such as whether two unknown values are equal. */
export function unknownFact(about: string, words: Fact["words"], states: readonly KeyState[] = []): Expression {
  const implies = states.flatMap((state) => ("unknown" in state ? state.with : []));
  return { fact: { id: `${about} ${words.positive}`, words, implies } };
}

/** Whether both can be so in one request. */
export function areCompatible(one: Choice, other: Choice): boolean {
  const given = circumstancesOf(other);
  const contradicts = circumstancesOf(one).some(({ what, holds }) =>
    given.some((than) => than.what === what && than.holds !== holds),
  );
  const [a, b] = [one.fact.about, other.fact.about];
  if (contradicts || !a || !b || a.name !== b.name || a.test.family !== b.test.family) {
    return !contradicts;
  }
  const { family } = a.test;
  if (one.holds && other.holds) {
    return a.isList || family.overlap(a.test.operand, b.test.operand);
  }
  const [inner, outer] = one.holds ? [a, b] : [b, a];
  return one.holds === other.holds || !family.contain(outer.test.operand, inner.test.operand);
}

const circumstancesOf = ({ fact, holds }: Choice) => (holds ? fact.implies : (fact.excludes ?? []));
