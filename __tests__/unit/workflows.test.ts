import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../scripts/parts/project";

const FOLDER = join(PROJECT_ROOT, ".github", "workflows");
const { scripts } = JSON.parse(readFileSync(join(PROJECT_ROOT, "package.json"), "utf8"));

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
