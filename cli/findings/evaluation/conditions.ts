import type { StatementJson } from "../../verify/policies/policy-json";
import { TEXTS, type Test } from "../operators/families";
import { isWildcard, literal, type Pattern, STAR } from "../operators/globs";
import { type Comparison, type Operator, operatorNamed } from "../operators/operators";
import { all, any, type Expression, not } from "./expression";
import { type Fact, isThere, meets, open } from "./facts";
import type { KeyState, Request, Unknown } from "./request";
import { type Reading, readingsOf, WITH_VARIABLES } from "./variables";

/**
 * Whether a request meets the conditions of a statement.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function conditionsMet(
  conditions: StatementJson["Condition"] = {},
  version: string | undefined,
  request: Request,
): Expression<Fact> {
  return all(
    Object.entries(conditions).flatMap(([name, keys]) =>
      Object.entries(keys).map(([key, values]) => {
        const operator = operatorNamed(name);
        const texts = [values].flat().map(String);
        return operator ? isMet(operator, { name, key, texts, state: request.key(key), version, request }) : false;
      }),
    ),
  );
}

interface Condition {
  readonly name: string;
  readonly key: string;
  readonly texts: readonly string[];
  readonly state: KeyState;
  readonly version: string | undefined;
  readonly request: Request;
}

function isMet(operator: Operator, condition: Condition): Expression<Fact> {
  const { set, ifExists, comparison, isNegated } = operator;
  const { key, state, texts } = condition;
  const there = isThere(state, key);
  if (!comparison) {
    return any(texts.map((text) => (/^true$/i.test(text) ? not(there) : there)));
  }
  const values = valuesMeet(operator, comparison, condition);
  const isMetIfMissing = ifExists || (set === undefined ? isNegated : set === "ForAllValues");
  if (isMetIfMissing === isNegated) {
    return values;
  }
  return isNegated ? all([there, values]) : any([not(there), values]);
}

/** Whether the values of a key meet a condition. If it has none, a positive condition is not met and a negated one is. */
function valuesMeet({ set, isNegated }: Operator, comparison: Comparison, condition: Condition): Expression<Fact> {
  const { name, key, texts, state } = condition;
  const negated = (one: Expression<Fact>) => (isNegated ? not(one) : one);
  if ("absent" in state) {
    return negated(false);
  }
  if (state.isList && set === undefined) {
    // AWS says that a list needs a set operator, not what happens without one.
    return negated(open(`${name} ${key} ${texts}`, wordsFor(comparison, key, texts.join(" or ")), [state]));
  }
  if ("values" in state) {
    const each = state.values.map((value) =>
      negated(any(texts.map((text) => isLike(comparison, text, value, condition)))),
    );
    return set === "ForAnyValue" ? any(each) : all(each);
  }
  const some = any(texts.map((text) => isUnknownLike(comparison, text, state, condition)));
  if (!state.isList || (set === "ForAnyValue") !== isNegated) {
    return negated(some);
  }
  // Whether every value of the list is among those of the policy.
  const every = `every ${wordsFor(comparison, key, texts.join(" or ")).is}`;
  return negated(open(every, { is: every, not: `not ${every}` }, [state]));
}

const wordsFor = ({ words }: Comparison, key: string, text: string) => ({
  is: `${key} ${words.is}${text}`,
  not: `${key} ${words.not}${text}`,
});

/** Whether a request lacks the keys for which a reading has defaults. */
export const lacks = ({ without }: Reading): Expression<Fact> =>
  all(without.map(({ key, state }) => not(isThere(state, key))));

function readings({ takesWildcards = false, takesVariables = false }: Comparison, text: string, condition: Condition) {
  const variables = takesVariables && condition.version === WITH_VARIABLES;
  return readingsOf(text, { wildcards: takesWildcards, variables }, condition.request);
}

/** Whether a known value meets a comparison with a text of the policy. */
function isLike(comparison: Comparison, text: string, value: string, condition: Condition): Expression<Fact> {
  const { name, key } = condition;
  const words = wordsFor(comparison, key, text);
  return any(
    readings(comparison, text, condition).map((reading) => {
      const { pattern, unknown } = reading;
      const given = lacks(reading);
      const test = comparison.test(pattern);
      if (!test || [pattern, literal(value)].some((one) => comparison.isDocumented?.(one) === false)) {
        return all([given, open(`${name} ${words.is}`, words, [])]);
      }
      const holds = test.family.holds(test.operand, value) ?? open(`${name} ${words.is}`, words, []);
      return all([given, unknown.size > 0 ? withUnknown(reading, value, words, comparison) : holds]);
    }),
  );
}

/** Whether a text matches a pattern with unknown values in it. */
export function withUnknown(
  { pattern, unknown }: Reading,
  text: string,
  words: Fact["words"],
  comparison?: Comparison,
): Expression<Fact> {
  const widest = pattern.map((symbol) => (unknown.has(symbol) ? STAR : symbol));
  const test = (value: Pattern) => comparison?.test(value) ?? texts(value);
  const wide = test(widest);
  if (!wide.family.holds(wide.operand, text)) {
    return false;
  }
  const [symbol = "", ...others] = pattern.filter((one) => unknown.has(one));
  const variable = unknown.get(symbol);
  if (variable && others.length === 0 && !pattern.some(isWildcard)) {
    // The text around the variable leaves one value.
    const at = pattern.indexOf(symbol);
    const value = [...text].slice(at, [...text].length - (pattern.length - at - 1)).join("");
    const { key, state } = variable;
    return meets(state, key, test(literal(value)), { is: `${key} ${value}`, not: `${key} other than ${value}` });
  }
  return open(
    `${words.is} ${text}`,
    words,
    [...unknown.values()].map(({ state }) => state),
  );
}

export const texts = (pattern: Pattern) => ({ family: TEXTS, operand: { pattern } }) as Test;

/** Whether an unknown value meets a comparison with a text of the policy. */
function isUnknownLike(comparison: Comparison, text: string, state: Unknown, condition: Condition): Expression<Fact> {
  const { key } = condition;
  const words = wordsFor(comparison, key, text);
  return any(
    readings(comparison, text, condition).map((reading) => {
      const { pattern, unknown } = reading;
      const test = comparison.test(pattern);
      const isSettled = test && unknown.size === 0 && comparison.isDocumented?.(pattern) !== false;
      const values = [state, ...[...unknown.values()].map((one) => one.state)];
      return all([
        lacks(reading),
        isSettled ? meets(state, key, test, words) : open(`${state.unknown} ${words.is}`, words, values),
      ]);
    }),
  );
}
