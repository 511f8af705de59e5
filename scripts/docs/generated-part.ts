import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../tools/project";

/** A part of a Markdown file, between `<!-- generated: NAME -->` and `<!-- end: NAME -->`. */
export interface GeneratedPart {
  readonly file: string;
  readonly name: string;
  /** The text that the part must contain. */
  readonly text: () => string | Promise<string>;
}

/** The text that the part contains now. */
export function currentText(part: GeneratedPart): string {
  const { text, from, to } = locate(part);
  return text.slice(from, to).trim();
}

/** Writes the part, and returns whether it changed. */
export async function writePart(part: GeneratedPart): Promise<boolean> {
  const generated = await part.text();
  if (currentText(part) === generated) {
    return false;
  }
  const { text, from, to } = locate(part);
  writeFileSync(join(PROJECT_ROOT, part.file), `${text.slice(0, from)}\n${generated}\n${text.slice(to)}`);
  return true;
}

function locate({ file, name }: GeneratedPart) {
  const text = readFileSync(join(PROJECT_ROOT, file), "utf8");
  const [begin, end] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`];
  const from = text.indexOf(begin) + begin.length;
  const to = text.indexOf(end);
  if (from < begin.length || to < from) {
    throw new Error(`${file} has no part between ${begin} and ${end}`);
  }
  return { text, from, to };
}
