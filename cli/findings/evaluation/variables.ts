import { type Expression, not } from "./expression";
import { type Fact, isThere } from "./facts";
import { literal, type Pattern, patternOf } from "./globs";
import type { KeyState, Request, Unknown } from "./request";

/** A text of a policy as a pattern, and when the request makes it that pattern. */
export interface Reading {
  readonly pattern: Pattern;
  readonly given: Expression<Fact>;
  /** The unknown keys in the pattern, by the symbol that stands for their value. */
  readonly unknown: ReadonlyMap<string, { readonly key: string; readonly state: Unknown }>;
}

/** Policies of older versions have no variables. */
export const WITH_VARIABLES = "2012-10-17";

/** `${key}`, `${key, 'default'}`, or one of `${*}`, `${?}` and `${$}`. */
const VARIABLE = /\$\{(?:([*?$])|([^},]+)(?:,\s*'([^']*)')?)\}/;

/**
 * What a text can be in a request. A variable without a value matches nothing, so nothing remains.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function readingsOf(
  text: string,
  takes: { wildcards: boolean; variables: boolean },
  request: Request,
): Reading[] {
  const asPattern = takes.wildcards ? patternOf : literal;
  const none: Reading = { pattern: [], given: true, unknown: new Map() };
  if (!takes.variables) {
    return [{ ...none, pattern: asPattern(text) }];
  }
  const parts = text.split(VARIABLE);
  const readings: Reading[] = [{ ...none, pattern: asPattern(parts[0] ?? "") }];
  return variablesIn(parts).reduce(
    (before, { character, key = "", otherwise, after }) =>
      before.flatMap((reading) =>
        (character === undefined ? valuesOf(key.trim(), otherwise, request.key(key.trim())) : [known(character)]).map(
          ({ pattern, given, unknown }) => ({
            pattern: [...reading.pattern, ...pattern, ...asPattern(after)],
            given: both(reading.given, given),
            unknown: new Map([...reading.unknown, ...unknown]),
          }),
        ),
      ),
    readings,
  );
}

/** The parts of a text after each variable, as `split` returns them. */
function variablesIn(parts: readonly (string | undefined)[]) {
  return Array.from({ length: (parts.length - 1) / 4 }, (_, at) => {
    const [character, key, otherwise, after = ""] = parts.slice(at * 4 + 1, at * 4 + 5);
    return { character, key, otherwise, after };
  });
}

const known = (text: string): Reading => ({ pattern: literal(text), given: true, unknown: new Map() });

const both = (one: Expression<Fact>, other: Expression<Fact>): Expression<Fact> =>
  one === true ? other : other === true ? one : { all: [one, other] };

function valuesOf(key: string, otherwise: string | undefined, state: KeyState): Reading[] {
  const instead = otherwise === undefined ? [] : [known(otherwise)];
  if ("values" in state) {
    // A key with several values cannot be a variable.
    const [value] = state.isList ? [] : state.values;
    return value === undefined ? instead : [known(value)];
  }
  if ("absent" in state) {
    return instead;
  }
  const symbol = `value of ${state.unknown}`;
  const missing = not(isThere(state, key));
  return [
    { pattern: [symbol], given: true, unknown: new Map([[symbol, { key, state }]]) },
    ...instead.filter(() => missing !== false).map((one) => ({ ...one, given: missing })),
  ];
}
