import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../scripts/parts/child-process";
import { NODE_WITH_TSX, PROJECT_ROOT } from "../../scripts/parts/project";

const { scripts } = JSON.parse(readFileSync(join(PROJECT_ROOT, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};
const FILES = [...new Set(Object.values(scripts).flatMap((script) => script.match(/scripts\/\S+\.ts/g) ?? []))];

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
