import { list, type StatementJson } from "../../verify/policies/policy-json";
import { ANY_VALUE, namedValue, otherValue } from "./example-values";
import { type Context, type Known, keyOf, withoutVariables } from "./request";

/*
 * The command does not know some condition keys of a call, such as `aws:SourceVpce`. It tries the values that the
 * policies contain, and a value that they do not.
 */

/** The statements that cover a call, by the kind of policy. */
export interface Statements {
  readonly own: readonly StatementJson[];
  readonly boundary: readonly StatementJson[];
}

/** Values of unknown keys, and their description for the report. */
export interface Attempt {
  readonly context: Context;
  readonly words: string;
}

/** Values of unknown keys with which a denied call can be allowed. */
export function mayAllow({ own, boundary }: Statements, known: Known): Attempt[] {
  const allowing = (statements: readonly StatementJson[]) => [
    {},
    ...statements.filter(isAllow).flatMap((one) => contexts(one, known, meeting)),
  ];
  const denials = [...own, ...boundary].filter((one) => !isAllow(one));
  const evasions = denials.flatMap((one) => contexts(one, known, evading));
  const past = [{}, Object.assign({}, ...evasions), ...evasions];
  const pairs = allowing(own).flatMap((one) => allowing(boundary).map((other) => ({ ...one, ...other })));
  const all = pairs.flatMap((pair) =>
    past.flatMap((way) => [
      { ...way, ...pair },
      { ...pair, ...way },
    ]),
  );
  return distinct(all.map((context) => ({ context, words: inWords(context) })));
}

/** Values of unknown keys with which an allowed call can be denied. */
export function mayDeny({ own, boundary }: Statements, known: Known): Attempt[] {
  return distinct(
    [...own, ...boundary].flatMap((statement) =>
      unknownIn(statement, known).flatMap((condition) => {
        const { key, operator, values } = condition;
        const effect = isAllow(statement) ? "Allow" : "Deny";
        // These operators match if the key is missing. Here it is only unknown.
        const isLenient = isNegated(operator) || /IfExists|ForAllValues/.test(operator) || operator === "Null";
        return effect === "Deny" || isLenient ? values.map((value) => denying(effect, key, operator, value)) : [];
      }),
    ),
  );
}

const isAllow = ({ Effect }: StatementJson) => Effect === "Allow";
const isNegated = (operator: string) => operator.includes("Not");

/** A value with which a statement denies the call: it fails the condition of an Allow, or meets that of a Deny. */
function denying(effect: "Allow" | "Deny", key: string, operator: string, value: string): Attempt {
  if (operator === "Null") {
    return { context: { [key]: ANY_VALUE }, words: `no ${key}` };
  }
  const named = namedValue(operator, value);
  return isNegated(operator) === (effect === "Deny")
    ? attempt(key, otherValue(operator, value), named)
    : attempt(key, named, `other than ${named}`);
}

function attempt(key: string, value: string, needed: string): Attempt {
  return { context: { [key]: value }, words: `${key} ${needed}` };
}

function distinct(attempts: readonly Attempt[]): Attempt[] {
  const all = new Map(attempts.map((one) => [JSON.stringify(one.context), one]));
  all.delete("{}");
  return [...all.values()];
}

function inWords(context: Context): string {
  return Object.entries(context)
    .map(([key, value]) => `${key} ${value}`)
    .join(" and ");
}

/** The value to try for a condition, if it needs one. */
type Choice = (operator: string, value: string) => string | undefined;

const meeting: Choice = (operator, value) => {
  if (operator === "Null") {
    return value === "false" ? ANY_VALUE : undefined;
  }
  if (isNegated(operator)) {
    return operator.startsWith("ForAnyValue") ? otherValue(operator, value) : undefined;
  }
  return namedValue(operator, value);
};

/** For a Deny statement that also applies if the key is missing. */
const evading: Choice = (operator, value) => {
  if (operator === "Null") {
    return value === "true" ? ANY_VALUE : undefined;
  }
  if (isNegated(operator)) {
    return namedValue(operator, value);
  }
  return /IfExists|ForAllValues/.test(operator) ? otherValue(operator, value) : undefined;
};

/** The values to try for the conditions of a statement together: all first values, all second values, and so on. */
function contexts(statement: StatementJson, known: Known, choose: Choice): Context[] {
  const conditions = unknownIn(statement, known);
  const variants = Math.max(0, ...conditions.map(({ values }) => values.length));
  return Array.from({ length: variants }, (_, at) =>
    Object.fromEntries(
      conditions.flatMap(({ key, operator, values }) => {
        const value = choose(operator, values[at] ?? values[0] ?? "");
        return value === undefined ? [] : [[key, value]];
      }),
    ),
  );
}

interface UnknownCondition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

function unknownIn({ Condition = {} }: StatementJson, known: Known): UnknownCondition[] {
  const all = { ...known.assumed, ...known.keys };
  const isKnown = (key: string) => keyOf(known.keys, key) !== undefined;
  return (
    Object.entries(Condition)
      // A condition that names a value says more than one that the key exists.
      .sort(([one], [other]) => Number(other === "Null") - Number(one === "Null"))
      .flatMap(([operator, keys]) =>
        Object.entries(keys).map(([key, texts]): UnknownCondition => {
          const values = list(texts).map(String);
          const [, variable] = values[0]?.match(/^\$\{([^},]+)\}$/) ?? [];
          // A known key that must equal an unknown one.
          return isKnown(key) && variable !== undefined
            ? { operator, key: variable, values: [keyOf(known.keys, key) ?? ""] }
            : { operator, key, values: values.map((value) => withoutVariables(value, all)) };
        }),
      )
      .filter(({ key }) => !isKnown(key) && !known.absent.test(key))
  );
}
