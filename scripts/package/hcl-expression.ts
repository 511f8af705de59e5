/*
 * Breaks expressions in Terraform's language into lines, as a person would: only inside brackets, because elsewhere a
 * newline ends the expression.
 */

const INDENT = "  ";

/** By precedence, the loosest first: an expression is broken at the operators that bind most loosely. */
const OPERATORS = [["?", ":"], ["||"], ["&&"], ["==", "!=", "<=", ">=", "<", ">"]];

const CLOSES: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/**
 * Lays out an expression on as many lines as it needs.
 *
 * @param room how many characters its lines may have.
 * @param isInBrackets whether a line may end here.
 */
export function layOut(expression: string, room: number, isInBrackets = false): string {
  if (expression.length <= room) {
    return expression;
  }
  if (expression.startsWith('"') && endOfString(expression, 0) === expression.length) {
    return joinOf(expression, room);
  }
  const operands = atOperators(expression);
  if (operands.length > 1) {
    const laidOut = operands.map((one) => layOut(one, room - INDENT.length, true)).join("\n");
    // At the start of a line, checkov's parser accepts only `?` and `:`.
    const lines = laidOut.replace(/\n(\|\||&&|[=!<>]=|[<>]) /g, " $1\n");
    return isInBrackets ? lines : `(\n${indent(lines)}\n)`;
  }
  const longest = bracketsOf(expression).sort((one, other) => other.end - other.start - (one.end - one.start))[0];
  if (!longest) {
    return expression;
  }
  const { start, end } = longest;
  const open = expression[start] ?? "";
  const before = expression.slice(0, start + 1);
  const after = `${CLOSES[open]}${expression.slice(end + 1)}`;
  const inner = expression.slice(start + 1, end).trim();
  if (isOneCall(inner)) {
    return `${before}${layOut(inner, room - before.length - after.length, true)}${after}`;
  }
  return `${before}\n${indent(contents(inner, open, room - INDENT.length))}\n${after}`;
}

/** A long string, as a join of lines that end where a reader would pause. */
function joinOf(text: string, room: number): string {
  const pieces = partsOfTemplate(text.slice(1, -1)).flatMap(({ literal, expression }) =>
    expression === undefined ? (literal?.match(PIECES) ?? []) : [`\${${expression}}`],
  );
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + piece.length <= room - JOIN_MARGIN) {
      lines[lines.length - 1] = last + piece;
    } else {
      lines.push(piece);
    }
  }
  const strings = lines.map((line) => {
    const [only, ...others] = partsOfTemplate(line);
    return others.length === 0 && only?.expression ? only.expression : `"${line}"`;
  });
  return strings.length === 1 ? text : `join("", [\n${indent(strings.join(",\n"))}\n])`;
}

/** Two quotes, a comma and the indent. */
const JOIN_MARGIN = 5;

/** Up to a pause, or to the limit if there is none. A backslash stays with the character that it escapes. */
const PIECES = /(?:\\.|[^\\|/: ]){1,60}[|/: ]?|[|/: ]/g;

/** The contents of brackets: a `for` expression, or items. */
function contents(inner: string, open: string, room: number): string {
  if (/^for /.test(inner)) {
    const [head = "", ...rest] = splitAt(inner, [" : "]);
    const [body = "", condition] = splitAt(rest.join(" : "), [" if "]);
    const laidOut = [layOut(`${head} :`, room, true), layOut(body, room, true)];
    return [...laidOut, ...(condition ? [layOut(`if ${condition}`, room, true)] : [])].join("\n");
  }
  const items = splitAt(inner, [", ", ","]);
  return open === "{"
    ? items.map((item) => member(item, room)).join("\n")
    : items.map((item) => layOut(item, room, true)).join(",\n");
}

/** A member of an object, `name = value`. */
function member(item: string, room: number): string {
  const [name = "", ...value] = splitAt(item, [" = "]);
  return value.length === 0
    ? layOut(item, room, true)
    : `${name} = ${layOut(value.join(" = "), room - name.length - 3, true)}`;
}

/** Writes objects with equals signs, as is usual in Terraform, instead of JSON's colons. */
export function withEqualSigns(expression: string): string {
  return expression
    .replace(/(?<=[{,]\s*)"([A-Za-z_][\w-]*)":/g, "$1 = ")
    .replace(/(?<=[{,]\s*)("(?:[^"\\]|\\.)*"):/g, "$1 = ");
}

/** Whether nested brackets share their lines: `f([ ... ])`. */
function isOneCall(inner: string): boolean {
  const [brackets, ...others] = bracketsOf(inner);
  return (
    brackets !== undefined &&
    others.length === 0 &&
    /^\w*$/.test(inner.slice(0, brackets.start)) &&
    brackets.end === inner.length - 1
  );
}

/** The operands of the loosest operator, each but the first or each but the last with its operator. */
function atOperators(expression: string): string[] {
  for (const operators of OPERATORS) {
    const parts = splitAt(
      expression,
      operators.map((operator) => ` ${operator} `),
      true,
    );
    if (parts.length > 1) {
      return parts;
    }
  }
  return [expression];
}

/** Splits outside strings and brackets. The separator is dropped, or kept at the start of the part that follows it. */
function splitAt(text: string, separators: readonly string[], keep = false): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at = skip(text, at)) {
    const separator = separators.find((one) => text.startsWith(one, at));
    if (separator) {
      parts.push(text.slice(start, at));
      start = keep ? at + 1 : at + separator.length;
    }
  }
  return [...parts, text.slice(start)];
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The outermost brackets, by the positions of both. */
function bracketsOf(text: string): Span[] {
  const found: Span[] = [];
  for (let at = 0; at < text.length; at = skip(text, at)) {
    if (CLOSES[text[at] ?? ""]) {
      found.push({ start: at, end: skip(text, at) - 1 });
    }
  }
  return found;
}

/** The position after the string, the brackets or the character at a position. */
function skip(text: string, at: number): number {
  const first = text[at] ?? "";
  if (first === '"') {
    return endOfString(text, at);
  }
  const close = CLOSES[first];
  if (!close) {
    return at + 1;
  }
  let next = at + 1;
  while (next < text.length && text[next] !== close) {
    next = skip(text, next);
  }
  return next + 1;
}

function endOfString(text: string, at: number): number {
  let next = at + 1;
  while (next < text.length && text[next] !== '"') {
    if (text.startsWith("${", next)) {
      next = skip(text, next + 1);
    } else {
      next += text[next] === "\\" ? 2 : 1;
    }
  }
  return next + 1;
}

/** The parts of a template, `a ${b} c`: the expressions in `${}` and the text between them. */
export function partsOfTemplate(template: string): { readonly literal?: string; readonly expression?: string }[] {
  const parts: { literal?: string; expression?: string }[] = [];
  let start = 0;
  for (let at = template.indexOf("${"); at !== -1; at = template.indexOf("${", start)) {
    const end = skip(template, at + 1);
    parts.push({ literal: template.slice(start, at) }, { expression: template.slice(at + 2, end - 1).trim() });
    start = end;
  }
  parts.push({ literal: template.slice(start) });
  return parts.filter(({ literal }) => literal !== "");
}

export function indent(lines: string): string {
  return lines.replaceAll(/^(?=.)/gm, INDENT);
}
