import { literal, type Pattern, patternOf, STAR } from "./operators/globs";
import type { Comparison } from "./operators/operators";
import type { KeyState, Request, UnknownKey } from "./request";

/** What a text of a policy can be in a request. */
export interface Reading {
  readonly pattern: Pattern;
  /** The unknown keys in the pattern, by the symbol that stands for their value. */
  readonly unknown: ReadonlyMap<string, UnknownVariable>;
  /** The keys that the request must lack, so that defaults stand for them. */
  readonly without: readonly UnknownVariable[];
}

interface UnknownVariable {
  readonly key: string;
  readonly state: UnknownKey;
}

/** The pattern of whatever a text can be: an unknown value can be any characters. */
export const widest = ({ pattern, unknown }: Reading): Pattern =>
  pattern.map((symbol) => (unknown.has(symbol) ? STAR : symbol));

/** Policies of older versions have no variables. */
const WITH_VARIABLES = "2012-10-17";

/** `${key}`, `${key, 'default'}`, or one of `${*}`, `${?}` and `${$}`. */
const VARIABLE = /\$\{(?:([*?$])|([^},]+)(?:,\s*'([^']*)')?)\}/;

/**
 * What a text can be in a request. A variable without a value matches nothing, so nothing remains.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function readingsOf(
  text: string,
  { takesWildcards = false, takesVariables = false }: Pick<Comparison, "takesWildcards" | "takesVariables">,
  version: string | undefined,
  request: Request,
): Reading[] {
  const asPattern = takesWildcards ? patternOf : literal;
  if (!takesVariables || version !== WITH_VARIABLES) {
    return [known(asPattern(text))];
  }
  const pieces = text.split(VARIABLE);
  return variablesIn(pieces).reduce(
    (before, { character, key = "", otherwise, after }) =>
      before.flatMap((reading) =>
        (character === undefined
          ? valuesOf(key.trim(), otherwise, request.key(key.trim()))
          : [known(literal(character))]
        ).map(({ pattern, unknown, without }) => ({
          pattern: [...reading.pattern, ...pattern, ...asPattern(after)],
          unknown: new Map([...reading.unknown, ...unknown]),
          without: [...reading.without, ...without],
        })),
      ),
    [known(asPattern(pieces[0] ?? ""))],
  );
}

/** The pieces of a text after each variable, as `split` returns them. */
function variablesIn(pieces: readonly (string | undefined)[]) {
  return Array.from({ length: (pieces.length - 1) / 4 }, (_, at) => {
    const [character, key, otherwise, after = ""] = pieces.slice(at * 4 + 1, at * 4 + 5);
    return { character, key, otherwise, after };
  });
}

const known = (pattern: Pattern): Reading => ({ pattern, unknown: new Map(), without: [] });

function valuesOf(key: string, otherwise: string | undefined, state: KeyState): Reading[] {
  const instead = otherwise === undefined ? [] : [known(literal(otherwise))];
  if ("unknown" in state) {
    const symbol = `value of ${state.unknown}`;
    const unknown = new Map([[symbol, { key, state }]]);
    const canBeMissing = state.with.length > 0;
    return [
      { ...known([symbol]), unknown },
      ...instead.filter(() => canBeMissing).map((one) => ({ ...one, without: [{ key, state }] })),
    ];
  }
  // A key with several values cannot be a variable.
  const [value] = "absent" in state || state.isList ? [] : state.values;
  return value === undefined ? instead : [known(literal(value))];
}
