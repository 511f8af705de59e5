/** What a verdict depends on, as an expression over facts. */
export type Expression<F> =
  | boolean
  | { readonly fact: F }
  | { readonly not: Expression<F> }
  | { readonly all: readonly Expression<F>[] }
  | { readonly any: readonly Expression<F>[] };

export const fact = <F>(one: F): Expression<F> => ({ fact: one });

export function not<F>(one: Expression<F>): Expression<F> {
  return typeof one === "boolean" ? !one : "not" in one ? one.not : { not: one };
}

export function all<F>(operands: readonly Expression<F>[]): Expression<F> {
  const rest = operands.filter((one) => one !== true);
  return rest.includes(false) ? false : joined(rest, true, { all: rest });
}

export function any<F>(operands: readonly Expression<F>[]): Expression<F> {
  const rest = operands.filter((one) => one !== false);
  return rest.includes(true) ? true : joined(rest, false, { any: rest });
}

function joined<F>(operands: readonly Expression<F>[], none: boolean, whole: Expression<F>): Expression<F> {
  return operands.length > 1 ? whole : (operands[0] ?? none);
}

/** The expression with the facts that `truthOf` knows. */
export function assuming<F>(one: Expression<F>, truthOf: (of: F) => boolean | undefined): Expression<F> {
  if (typeof one === "boolean") {
    return one;
  }
  if ("fact" in one) {
    return truthOf(one.fact) ?? one;
  }
  if ("not" in one) {
    return not(assuming(one.not, truthOf));
  }
  return "all" in one
    ? all(one.all.map((operand) => assuming(operand, truthOf)))
    : any(one.any.map((operand) => assuming(operand, truthOf)));
}

/** The first fact that an expression depends on. */
export function firstFact<F>(one: Exclude<Expression<F>, boolean>): F {
  if ("fact" in one) {
    return one.fact;
  }
  const [first] = "not" in one ? [one.not] : "all" in one ? one.all : one.any;
  return firstFact(first as Exclude<Expression<F>, boolean>);
}
