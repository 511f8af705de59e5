import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

/** Removes the declarations that the package's entry point does not reach, because nobody can import them. */
export function removeInnerDeclarations(folder: string): void {
  const reached = new Set<string>();
  const reach = (file: string): void => {
    if (reached.has(file)) {
      return;
    }
    reached.add(file);
    const text = readFileSync(join(folder, file), "utf8");
    for (const [, path = ""] of text.matchAll(/(?:from |import\()"(\.[^"]+)"/g)) {
      reach(join(dirname(file), `${path}.d.ts`));
    }
  };
  reach("index.d.ts");
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (file.endsWith(".d.ts") && !reached.has(file)) {
      rmSync(join(folder, file));
    }
  }
}
