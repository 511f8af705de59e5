import { list, type StatementJson } from "../../verify/policies/policy-json";
import { type Context, type Known, keyOf, withoutVariables } from "./request";

/*
 * The command does not know some condition keys of a call, such as `aws:SourceVpce`. It tries the values in the
 * policies.
 */

/** The statements that cover a call, by the kind of policy. */
export interface Statements {
  readonly own: readonly StatementJson[];
  readonly boundary: readonly StatementJson[];
}

/** Values of unknown keys with which a denied call can be allowed. */
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

/** Values of unknown keys with which an allowed call can be denied. */
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

/** A value that meets a condition, or does not meet it; undefined if no value is needed. */
type Choice = (operator: string, value: string) => string | undefined;

const ANY_VALUE = "any-value";

/** A value that meets a condition: the first address of a range, or a text that matches a pattern. */
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

/** A value that avoids a Deny statement that applies if the key is missing. */
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
    // A condition on a key's value takes precedence over a condition on the key's presence.
    .sort(([one], [other]) => Number(other === "Null") - Number(one === "Null"))
    .flatMap(([operator, keys]) =>
      Object.entries(keys).flatMap(([key, texts]): (readonly [string, string | undefined])[] => {
        const [text = ""] = list(texts).map(String);
        const [, variable] = text.match(/^\$\{([^},]+)\}$/) ?? [];
        // A known key that must equal an unknown key.
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
