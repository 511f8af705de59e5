import type { StatementJson } from "../policy-json";
import { all, any, type Expression, not } from "./expression";
import type { Test } from "./operators/families";
import { isWildcard, literal } from "./operators/globs";
import { ANY_CASE, type Comparison, EQUALS, type Operator, operatorNamed } from "./operators/operators";
import type { KeyState, Request, UnknownKey } from "./request";
import { isThere, meets, unknownFact } from "./unknown-facts";
import { type Reading, readingsOf, widest } from "./variables";

/**
 * Whether a request meets the conditions of a statement.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function conditionsMet(
  conditions: StatementJson["Condition"],
  version: string | undefined,
  request: Request,
): Expression {
  return all(eachCondition(conditions, version, request).map(({ isMet }) => isMet));
}

/** The condition of a statement on one key. */
export interface ConditionOnKey {
  readonly key: string;
  readonly isMet: Expression;
}

/** Whether a request meets the conditions of a statement, one by one. */
export function eachCondition(
  conditions: StatementJson["Condition"] = {},
  version: string | undefined,
  request: Request,
): ConditionOnKey[] {
  return Object.entries(conditions).flatMap(([name, keys]) =>
    Object.entries(keys).map(([key, values]) => {
      const operator = operatorNamed(name);
      const compared = { key, state: request.key(key), version, request };
      const isMet = operator ? meetsOperator(operator, [values].flat().map(String), compared) : meetsNewer(name, key);
      return { key, isMet };
    }),
  );
}

/** The policy of a resource can have an operator that is newer than this command. */
const meetsNewer = (operator: string, key: string) =>
  unknownFact("operator", { positive: `${key} meeting ${operator}`, negative: `${key} not meeting ${operator}` });

/** A key of a request that a policy compares. */
interface Compared {
  readonly key: string;
  readonly state: KeyState;
  readonly version: string | undefined;
  readonly request: Request;
}

function meetsOperator(operator: Operator, texts: readonly string[], compared: Compared): Expression {
  const { set, ifExists, comparison, isNegated } = operator;
  const there = isThere(compared.state, compared.key);
  if (!comparison) {
    return any(texts.map((text) => (/^true$/i.test(text) ? not(there) : there)));
  }
  const values = valuesMeet(operator, comparison, texts, compared);
  const isMetIfMissing = ifExists || (set === undefined ? isNegated : set === "ForAllValues");
  if (isMetIfMissing === isNegated) {
    return values;
  }
  return isNegated ? all([there, values]) : any([not(there), values]);
}

/** Whether the values of a key meet a condition. If it has none, a positive condition is not met and a negated one is. */
function valuesMeet(
  { set, isNegated }: Operator,
  comparison: Comparison,
  texts: readonly string[],
  compared: Compared,
): Expression {
  const { key, state } = compared;
  const negated = (one: Expression) => (isNegated ? not(one) : one);
  const anyOf = (value: string | UnknownKey) => any(texts.map((text) => isLike(comparison, text, value, compared)));
  if ("absent" in state) {
    return negated(false);
  }
  if (state.isList && set === undefined) {
    // AWS says that a list needs a set operator, not what happens without one.
    return negated(unknownFact(comparison.name, wordsFor(comparison, key, texts.join(" or ")), [state]));
  }
  if ("values" in state) {
    const each = state.values.map((value) => negated(anyOf(value)));
    return set === "ForAnyValue" ? any(each) : all(each);
  }
  if (!state.isList || (set === "ForAnyValue") !== isNegated) {
    return negated(anyOf(state));
  }
  // Whether every value of the list is among those of the policy.
  const every = `every ${wordsFor(comparison, key, texts.join(" or ")).positive}`;
  return negated(unknownFact(comparison.name, { positive: every, negative: `not ${every}` }, [state]));
}

const wordsFor = ({ words }: Comparison, key: string, text: string) => ({
  positive: `${key} ${words.positive}${text}`,
  negative: `${key} ${words.negative}${text}`,
});

/** Whether a value of a key is like a text of the policy. */
export function isLike(
  comparison: Comparison,
  text: string,
  value: string | UnknownKey,
  { key, version, request }: Compared,
): Expression {
  const words = wordsFor(comparison, key, text);
  const isKnown = typeof value === "string";
  return any(
    readingsOf(text, comparison, version, request).map((reading) => {
      const variables = [...reading.unknown.values()].map(({ state }) => state);
      const unsettled = unknownFact(
        `${comparison.name} ${isKnown ? value : ""}`,
        words,
        isKnown ? variables : [value, ...variables],
      );
      const test = settledTest(comparison, reading, value);
      const met = isKnown
        ? (test?.family.holds(test.operand, value) ?? ofVariable(comparison, reading, value))
        : test && meets(value, key, test, words);
      return all([...reading.without.map((one) => not(isThere(one.state, one.key))), met ?? unsettled]);
    }),
  );
}

/** The test of a pattern without unknown values, if AWS's pages say how it compares. */
function settledTest(
  comparison: Comparison,
  { pattern, unknown }: Reading,
  value: string | UnknownKey,
): Test | undefined {
  const { test, isDocumented = () => true } = comparison;
  const compared = typeof value === "string" ? [pattern, literal(value)] : [pattern];
  return unknown.size === 0 && compared.every(isDocumented) ? test(pattern) : undefined;
}

/** What it says about a variable that a known value is like a pattern with the variable's value in it, as far as that is clear. */
function ofVariable(comparison: Comparison, reading: Reading, value: string): Expression | undefined {
  const { pattern, unknown } = reading;
  const [at, ...others] = pattern.flatMap((symbol, place) => (unknown.has(symbol) ? [place] : []));
  const whole = comparison.test(widest(reading));
  const variable = unknown.get(pattern[at ?? -1] ?? "");
  if (at === undefined || !variable || !whole) {
    return undefined;
  }
  if (!whole.family.holds(whole.operand, value)) {
    return false;
  }
  // The text around the variable leaves one value.
  const characters = [...value];
  const rest = characters.slice(at, characters.length - (pattern.length - at - 1)).join("");
  const test = (comparison === ANY_CASE ? ANY_CASE : EQUALS).test(literal(rest));
  const { state, key } = variable;
  const words = { positive: `${key} ${rest}`, negative: `${key} other than ${rest}` };
  return test && others.length === 0 && !pattern.some(isWildcard) ? meets(state, key, test, words) : undefined;
}
