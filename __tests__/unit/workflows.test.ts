import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../scripts/parts/project";

const FOLDER = join(PROJECT_ROOT, ".github", "workflows");
const { scripts, version } = JSON.parse(readFileSync(join(PROJECT_ROOT, "package.json"), "utf8"));

describe.each(readdirSync(FOLDER))("the workflow %s", (file) => {
  const text = readFileSync(join(FOLDER, file), "utf8");

  test("pins every action to a commit, and names its version", () => {
    const uses = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action);
    expect(uses.length).toBeGreaterThan(0);
    for (const action of uses) {
      expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  test("may read the repository, and no more unless a job says so", () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read\n/m);
  });

  test("runs scripts that also run here", () => {
    const commands = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script = ""]) => script);
    expect(commands.filter((script) => !(script in scripts))).toEqual([]);
  });
});

describe("the release", () => {
  const text = readFileSync(join(FOLDER, "release.yml"), "utf8");
  const [, build = "", publish = ""] = text.split(/^ {2}(?=(?:build|publish):$)/m);

  test("tests and builds in a job that can only read, for a tag on main", () => {
    expect(build).toMatch(/permissions:\n {6}contents: read\n {4}steps:/);
    expect(build).not.toMatch(/: write/);
    expect(build).toContain("bash .ci/run");
    expect(build).toContain('git merge-base --is-ancestor "$GITHUB_SHA" origin/main');
  });

  test("publishes in a job that runs nothing of the repository or of its dependencies", () => {
    expect(publish).toMatch(/contents: write.*\n.*id-token: write.*\n.*attestations: write/);
    expect(publish).not.toMatch(/checkout|npm (ci|install|run)|npx|\.ci/);
    expect(publish).toContain("release/SHA256SUMS");
  });
});

describe("the action for pull requests", () => {
  const text = readFileSync(join(PROJECT_ROOT, "action.yml"), "utf8");

  test("pins the action that it uses, and runs the command of its own release", () => {
    const uses = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action);
    expect(uses).toEqual([
      expect.stringMatching(/^github\/codeql-action\/upload-sarif@[0-9a-f]{40} # v\d+\.\d+\.\d+$/),
    ]);
    expect(text).toContain(`default: ${version}\n`);
  });

  test("reads its inputs from the environment, never into a script, where they could be commands", () => {
    const [, inputs = ""] = text.match(/^inputs:\n(.*?)^outputs:/ms) ?? [];
    const declared = [...inputs.matchAll(/^ {2}(\w+):$/gm)].map(([, name]) => name);
    const used = [...text.matchAll(/inputs\.(\w+)/g)].map(([, name]) => name);
    expect([...new Set(used)].sort()).toEqual(declared.sort());
    const runs = [...text.matchAll(/run: (.*?)^ {6}env:/gms)].map(([, run = ""]) => run);
    expect(runs).toHaveLength(2);
    expect(runs.filter((run) => run.includes("${{"))).toEqual([]);
  });
});
