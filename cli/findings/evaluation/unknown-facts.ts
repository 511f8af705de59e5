import { TEXTS, type Test } from "../operators/families";
import { patternOf } from "../operators/globs";
import { all, type Expression, fact, not } from "./expression";
import type { Circumstance, KeyState, UnknownKey } from "./request";

/** Something about a request that is unknown. */
export interface Fact {
  /** Facts with the same ID are the same. */
  readonly id: string;
  /** For the report, in the policy's own words. */
  readonly words: { readonly positive: string; readonly negative: string };
  /** What is so if the fact holds. */
  readonly implies: readonly Circumstance[];
  /** What is so if it does not. */
  readonly excludes?: readonly Circumstance[];
  /** For a fact about the value of a key: the name of the value, and its test. */
  readonly about?: { readonly name: string; readonly test: Test; readonly isList: boolean };
}

/** A fact, or that it is not so. */
export interface Choice {
  readonly fact: Fact;
  readonly holds: boolean;
}

/** Whether a request has a key. */
export function isThere(state: KeyState, key: string): Expression<Fact> {
  if (!("unknown" in state)) {
    return !("absent" in state);
  }
  const [circumstance] = state.with;
  return circumstance === undefined || withCircumstance(circumstance, state.with, key);
}

function withCircumstance(
  { what, holds }: Circumstance,
  implies: readonly Circumstance[],
  key: string,
): Expression<Fact> {
  const [here, gone] = [key, `no ${key}`];
  const found = fact({
    id: what,
    words: holds ? { positive: here, negative: gone } : { positive: gone, negative: here },
    implies: holds ? implies : [{ what, holds: true }],
    excludes: [{ what, holds: false }],
  });
  return holds ? found : not(found);
}

/** Whether an unknown value meets a test. It does not if the request lacks the key. */
export function meets(
  state: UnknownKey,
  key: string,
  { family, operand }: Test,
  words: Fact["words"],
): Expression<Fact> {
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
  return fact({ id, words, implies: state.with, about: { name, test: { family, operand }, isList } });
}

/** A fact about which nothing else is known, such as whether two unknown values are equal. */
export function unknownFact(about: string, words: Fact["words"], states: readonly KeyState[] = []): Expression<Fact> {
  return fact({
    id: `${about} ${words.positive}`,
    words,
    implies: states.flatMap((state) => ("unknown" in state ? state.with : [])),
  });
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
