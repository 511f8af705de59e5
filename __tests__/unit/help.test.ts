import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../scripts/parts/project";

const read = (file: string) => readFileSync(join(PROJECT_ROOT, file), "utf8");

describe("help", () => {
  const scripts: Record<string, string> = JSON.parse(read("package.json")).scripts;
  const isForPeople = (name: string) => !/^(pre|post)/.test(name) && !["help", "format"].includes(name);

  test("lists every script in package.json, and no others", () => {
    const named = [...read("help").matchAll(/^ {2}npm (?:run ([\w:-]+)|(test)\b)/gm)].map(
      ([, run, test]) => run ?? test,
    );
    expect([...new Set(named)].sort()).toEqual(Object.keys(scripts).filter(isForPeople).sort());
  });

  test("has a file for every script", () => {
    const files = Object.values(scripts).flatMap((script) => script.match(/(scripts|cli)\/\S+\.ts/g) ?? []);
    expect(files.filter((file) => !existsSync(join(PROJECT_ROOT, file)))).toEqual([]);
  });

  test("lists only options that the scripts support", () => {
    const options = [...read("help").matchAll(/(?<=\s)--([a-z][\w-]+)/g)].map(([, name = ""]) => name);
    const known = [
      "scripts/demo.ts",
      "cli/commands/commands.ts",
      "scripts/bench/bench.ts",
      "scripts/bench/bench-terraform.ts",
    ]
      .map(read)
      .join();
    expect(options.filter((name) => !known.includes(name) && name !== "auto-approve")).toEqual([]);
  });
});
