import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../scripts/support/project";

/**
 * Holds a generated part of a Markdown file, between `<!-- generated: NAME -->` and
 * `<!-- end: NAME -->`, against what it should be; `npm run docs` writes it instead.
 */
export function expectGenerated(file: string, name: string, text: string): void {
  const path = join(PROJECT_ROOT, file);
  const [begin, end] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`];
  const before = readFileSync(path, "utf8");
  const from = before.indexOf(begin) + begin.length;
  const to = before.indexOf(end);
  if (from < begin.length || to < from) {
    throw new Error(`${file} has no part between ${begin} and ${end}`);
  }
  const after = `${before.slice(0, from)}\n${text}\n${before.slice(to)}`;
  if (process.env.WRITE_DOCS) {
    writeFileSync(path, after);
  } else if (after !== before) {
    expect({ file, runThis: "npm run docs", is: before.slice(from, to).trim() }).toEqual({
      file,
      runThis: "npm run docs",
      is: text,
    });
  }
}
