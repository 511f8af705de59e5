import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Removes the declarations that the package's own do not lead to: nobody can import what they declare. */
export function removeInnerDeclarations(folder: string): void {
  const reached = new Set<string>();
  const reach = (name: string): void => {
    if (reached.has(name)) {
      return;
    }
    reached.add(name);
    const text = readFileSync(join(folder, `${name}.d.ts`), "utf8");
    for (const [, next = ""] of text.matchAll(/(?:from |import\()"\.\/([\w-]+)"/g)) {
      reach(next);
    }
  };
  reach("index");
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".d.ts"))) {
    if (!reached.has(file.replace(/\.d\.ts$/, ""))) {
      rmSync(join(folder, file));
    }
  }
}
