import { type Expression, fact, not } from "./expression";
import { TEXTS, type Test } from "./families";
import { patternOf } from "./globs";
import type { Circumstance, KeyState, Unknown } from "./request";

/** Something about a request that is unknown. */
export interface Fact {
  /** Facts with the same ID are the same. */
  readonly id: string;
  /** For the report, in the policy's own words. */
  readonly words: { readonly is: string; readonly not: string };
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
  readonly is: boolean;
}

/** Whether a request has a key. */
export function isThere(state: KeyState, key: string): Expression<Fact> {
  if (!("unknown" in state)) {
    return !("absent" in state);
  }
  const [circumstance] = state.with;
  return circumstance === undefined || withCircumstance(circumstance, state.with, key);
}

function withCircumstance({ what, is }: Circumstance, implies: readonly Circumstance[], key: string): Expression<Fact> {
  const [here, gone] = [key, `no ${key}`];
  const found = fact({
    id: what,
    words: is ? { is: here, not: gone } : { is: gone, not: here },
    implies: is ? implies : [{ what, is: true }],
    excludes: [{ what, is: false }],
  });
  return is ? found : not(found);
}

/** Whether an unknown value meets a test. It does not if the request lacks the key. */
export function meets(state: Unknown, key: string, test: Test, words: Fact["words"], id: string): Expression<Fact> {
  const { unknown: name, like, isList = false } = state;
  if (like !== undefined && test.family === TEXTS) {
    const all = { pattern: patternOf(like) };
    const isPossible = test.family.overlap(test.operand, all);
    if (!isPossible || test.family.contain(test.operand, all)) {
      return isPossible && isThere(state, key);
    }
  }
  return fact({ id: `${name} ${id}`, words, implies: state.with, about: { name, test, isList } });
}

/** A fact about which nothing else is known, such as whether two unknown values are equal. */
export function open(id: string, words: Fact["words"], states: readonly KeyState[]): Expression<Fact> {
  return fact({ id, words, implies: states.flatMap((state) => ("unknown" in state ? state.with : [])) });
}

/** Whether both can be so in one request. */
export function areCompatible(one: Choice, other: Choice): boolean {
  const given = [one, other].flatMap(({ fact: { implies, excludes = [] }, is }) => (is ? implies : excludes));
  const contradicts = given.some(({ what, is }) => given.some((than) => than.what === what && than.is !== is));
  const [a, b] = [one.fact.about, other.fact.about];
  if (contradicts || !a || !b || a.name !== b.name || a.test.family !== b.test.family) {
    return !contradicts;
  }
  const { family } = a.test;
  if (one.is && other.is) {
    return a.isList || family.overlap(a.test.operand, b.test.operand);
  }
  if (one.is || other.is) {
    const [inner, outer] = one.is ? [a, b] : [b, a];
    return !family.contain(outer.test.operand, inner.test.operand);
  }
  const isAlwaysThere = one.fact.implies.length === 0 && !a.isList;
  return !(isAlwaysThere && family.cover(a.test.operand, b.test.operand));
}
