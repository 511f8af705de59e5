import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { currentText } from "../../scripts/docs/generated-part";
import { PARTS } from "../../scripts/docs/parts";
import { PROJECT_ROOT } from "../../scripts/tools/project";
import { nextToAdd } from "../support/incomplete-fields";

const TAGS = ["default", "example", "param", "returns", "see", "throws"];

/** The parts of doc comments that the compiler parses as unknown tags, and thus removes from the text. */
function cutIn(source: string): string[] {
  const tagsOf = (node: ts.Node): string[] => {
    const tags = ts.getJSDocCommentsAndTags(node).flatMap((doc) => (ts.isJSDoc(doc) ? [...(doc.tags ?? [])] : []));
    const inside: string[] = [];
    ts.forEachChild(node, (child) => {
      inside.push(...tagsOf(child));
    });
    return [
      ...tags.filter(({ tagName }) => !TAGS.includes(tagName.text)).map((tag) => tag.getText().trim()),
      ...inside,
    ];
  };
  return [...new Set(tagsOf(ts.createSourceFile("source.ts", source, ts.ScriptTarget.Latest, true)))];
}

describe("the documentation", () => {
  test("is about every list of access, and is up to date", async () => {
    // A list that is not complete is also not in the documentation, so the first error says what to add next.
    expect(nextToAdd()).toBeUndefined();
    const outOfDate: string[] = [];
    for (const part of PARTS) {
      if (currentText(part) !== (await part.text())) {
        outOfDate.push(`${part.file}: ${part.name} (run npm run docs)`);
      }
    }
    expect(outOfDate).toEqual([]);
  });

  test("has a generator for every generated part", () => {
    const files = execFileSync("git", ["ls-files", "*.md"], { cwd: PROJECT_ROOT, encoding: "utf8" }).trim().split("\n");
    const inFiles = files.flatMap((file) =>
      [...readFileSync(join(PROJECT_ROOT, file), "utf8").matchAll(/<!-- generated: (.*?) -->/g)].map(
        ([, name]) => `${file}: ${name}`,
      ),
    );
    expect(inFiles.sort()).toEqual(PARTS.map(({ file, name }) => `${file}: ${name}`).sort());
  });

  test("has no doc comment that is cut off at an @", () => {
    const files = ["ls-files", "modules/*.ts", "cli/*.ts"];
    const sources = execFileSync("git", files, { cwd: PROJECT_ROOT, encoding: "utf8" }).trim().split("\n");
    const cut = sources.map((file) => [file, cutIn(readFileSync(join(PROJECT_ROOT, file), "utf8"))] as const);
    expect(cut.filter(([, tags]) => tags.length > 0)).toEqual([]);
    expect(cutIn("/** Letters and `_ @`. */\nexport const x = 1;")).toEqual(["@`."]);
    expect(cutIn("/** Letters and `@ _`. */\nexport const x = 1;")).toEqual([]);
  });
});
