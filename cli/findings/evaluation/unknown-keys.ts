import { list, type StatementJson } from "../../verify/policies/policy-json";
import { type Context, type Known, keyOf, withoutVariables } from "./request";

/*
 * Some condition keys of a call are not known from outside, such as `aws:SourceVpce`. The values to try for them are
 * those that the policies name.
 */

/** The statements about a call, by the kind of policy they are in. */
export interface Statements {
  readonly own: readonly StatementJson[];
  readonly boundary: readonly StatementJson[];
}

/** With which values of unknown keys a denied call may be allowed. */
export function mayAllow({ own, boundary }: Statements, known: Known): Context[] {
  const allowing = (statements: readonly StatementJson[]) => [
    {},
    ...statements.filter(isAllow).map((one) => values(one, known, meeting)),
  ];
  const denials = [...own, ...boundary].filter((one) => !isAllow(one));
  const past = Object.assign({}, ...denials.map((one) => values(one, known, evading)));
  const pairs = allowing(own).flatMap((one) => allowing(boundary).map((other) => ({ ...one, ...other })));
  return distinct(pairs.flatMap((pair) => [pair, { ...past, ...pair }, { ...pair, ...past }]));
}

/** With which values of unknown keys an allowed call may be denied. */
export function mayDeny({ own, boundary }: Statements, known: Known): Context[] {
  const denials = [...own, ...boundary].filter((one) => !isAllow(one));
  return distinct(denials.map((one) => values(one, known, meeting)));
}

const isAllow = ({ Effect }: StatementJson) => Effect === "Allow";

function distinct(contexts: readonly Context[]): Context[] {
  const all = new Map(contexts.map((one) => [JSON.stringify(one), one]));
  all.delete("{}");
  return [...all.values()];
}

/** A value with which a condition is met, or is not; undefined where that takes none. */
type Choice = (operator: string, value: string) => string | undefined;

const ANY_VALUE = "any-value";

/** A value that meets a condition: of a range of addresses the first, of a pattern one text. */
const meeting: Choice = (operator, value) => {
  if (/^Null$/.test(operator)) {
    return value === "false" ? ANY_VALUE : undefined;
  }
  if (operator.includes("Not")) {
    return undefined;
  }
  if (operator.includes("IpAddress")) {
    return value.replace(/\/.*$/, "");
  }
  const step = /LessThan/.test(operator) ? -1 : /GreaterThan/.test(operator) ? 1 : 0;
  if (/Numeric/.test(operator)) {
    return String(Number(value) + step);
  }
  if (/Date/.test(operator) && step !== 0) {
    return new Date(Date.parse(value) + step * 1000).toISOString();
  }
  return value.replace(/[*?]/g, "x");
};

/** A value with which a denial does not apply that applies where the key is missing. */
const evading: Choice = (operator, value) => {
  if (/^Null$/.test(operator)) {
    return value === "true" ? ANY_VALUE : undefined;
  }
  if (operator.includes("Not")) {
    return meeting(operator.replace("Not", ""), value);
  }
  if (!operator.endsWith("IfExists")) {
    return undefined;
  }
  return operator.includes("Bool") ? String(value !== "true") : ANY_VALUE;
};

function values({ Condition = {} }: StatementJson, known: Known, choose: Choice): Context {
  const all = { ...known.assumed, ...known.keys };
  const asked = Object.entries(Condition)
    // A condition that names a value for a key says more than one that the key is there.
    .sort(([one], [other]) => Number(other === "Null") - Number(one === "Null"))
    .flatMap(([operator, keys]) =>
      Object.entries(keys).flatMap(([key, texts]): (readonly [string, string | undefined])[] => {
        const [text = ""] = list(texts).map(String);
        const [, variable] = text.match(/^\$\{([^},]+)\}$/) ?? [];
        // A known key that must be as an unknown one is.
        return keyOf(known.keys, key) !== undefined && variable !== undefined
          ? [[variable, keyOf(known.keys, key)]]
          : [[key, choose(operator, withoutVariables(text, all))]];
      }),
    );
  return Object.fromEntries(
    asked.flatMap(([key, value]) =>
      value === undefined || keyOf(known.keys, key) !== undefined || known.absent.test(key) ? [] : [[key, value]],
    ),
  );
}
