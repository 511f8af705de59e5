import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../scripts/tools/child-process";
import { NODE_WITH_TSX, PROJECT_ROOT } from "../../scripts/tools/project";

const read = (file: string) => readFileSync(join(PROJECT_ROOT, file), "utf8");

const SCRIPTS: Record<string, string> = JSON.parse(read("package.json")).scripts;

describe("help", () => {
  const isForPeople = (name: string) => !/^(pre|post)/.test(name) && !["help", "format"].includes(name);

  test("lists every script in package.json, and no others", () => {
    const named = [...read("help").matchAll(/^ {2}npm (?:run ([\w:-]+)|(test)\b)/gm)].map(
      ([, run, test]) => run ?? test,
    );
    expect([...new Set(named)].sort()).toEqual(Object.keys(SCRIPTS).filter(isForPeople).sort());
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

const FILES = [...new Set(Object.values(SCRIPTS).flatMap((script) => script.match(/scripts\/\S+\.ts/g) ?? []))];

/** Runs a script without a terminal, and with an empty environment, as if nothing were installed. */
const called = (file: string, ...args: string[]) =>
  run(process.execPath, [...NODE_WITH_TSX, join(PROJECT_ROOT, file), ...args], { env: {} });

describe("every script in package.json", () => {
  const { argv, env } = process;
  afterEach(() => {
    Object.assign(process, { argv, env, exitCode: undefined });
    jest.restoreAllMocks();
  });

  // In this process, because most of a script's time is loading what the other scripts load too.
  test("rejects an unknown option and prints its usage", async () => {
    for (const file of FILES) {
      Object.assign(process, { argv: [process.execPath, file, "--no-such"], env: {}, exitCode: undefined });
      const error = jest.spyOn(console, "error").mockImplementation();
      require(join(PROJECT_ROOT, file));
      await new Promise(setImmediate);
      expect([file, process.exitCode, error.mock.calls]).toEqual([
        file,
        2,
        [[expect.stringMatching(/^Unknown option '--no-such'\.\n\n.*npm run /s)]],
      ]);
      error.mockRestore();
    }
    expect(FILES.length).toBeGreaterThan(8);
  });
});

test("--help prints the usage", async () => {
  const { code, output } = await called("scripts/docs.ts", "--help");
  expect([code, output]).toEqual([0, expect.stringContaining("  npm run docs\n")]);
});

test("wrong arguments result in an error of one sentence", async () => {
  const { code, output } = await called("scripts/mirror-provider.ts", "~> 5.100.0");
  expect([code, output.split("\n")[0]]).toEqual([2, "Specify a version and a folder."]);
});
