import { styleText } from "node:util";
import { printable } from "../../terminal";

/** No line of a report is longer. */
export const WIDTH = 120;

/** The marks of rows, and their colors in a terminal, unless the user turned colors off (https://no-color.org). */
const MARKS = {
  DENIED: "red",
  FAILS: "red",
  CONDITIONAL: "yellow",
  UNKNOWN: "yellow",
  TRUST: "yellow",
  DEAD: "yellow",
  EXCESS: "yellow",
  suppressed: undefined,
  note: undefined,
  ok: "green",
} as const;

export interface Row {
  readonly mark: keyof typeof MARKS;
  readonly text: string;
  /** On a line of its own. */
  readonly remark?: string;
}

const INDENT = "  ";
const MARK_WIDTH = "CONDITIONAL".length;
const MARGIN = " ".repeat(INDENT.length + MARK_WIDTH + INDENT.length);

/**
 * The lines of a row. The texts are to the right of the mark.
 *
 * @param verbose whether to show long ARNs whole.
 */
export function rowLines({ mark, text, remark = "" }: Row, verbose: boolean): string[] {
  const [first = "", ...others] = [text, remark].flatMap((one) => wrapped(one, MARGIN.length, verbose));
  const color = MARKS[mark];
  const padded = mark.padEnd(MARK_WIDTH);
  return [
    `${INDENT}${color ? styleText(color, padded) : padded}${INDENT}${first}`,
    ...others.map((line) => `${MARGIN}${line}`),
  ];
}

/** The lines of a text. All but the first are indented by `hanging` more. */
export function textLines(text: string, indent = "", hanging = ""): string[] {
  return wrapped(text, indent.length + hanging.length).map((line, at) => `${indent}${at > 0 ? hanging : ""}${line}`);
}

/** Breaks a text between words. A longer word, such as an ARN, is shortened in the middle. */
function wrapped(text: string, margin: number, showsWhole = false): string[] {
  const width = WIDTH - margin;
  const lines: string[] = [];
  for (const word of printable(text).split(/\s+/)) {
    const short = showsWhole ? word : shortened(word, width);
    const last = lines.at(-1);
    const isNew = last === undefined || last.length + 1 + short.length > width;
    lines.splice(isNew ? lines.length : -1, 1, isNew ? short : `${last} ${short}`);
  }
  return lines.filter((line) => line !== "");
}

function shortened(word: string, width: number): string {
  const half = (width - 1) / 2;
  return word.length > width ? `${word.slice(0, Math.ceil(half))}…${word.slice(-Math.floor(half))}` : word;
}
