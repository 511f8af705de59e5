import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { run, succeed } from "../../scripts/tools/child-process";
import { PROJECT_ROOT } from "../../scripts/tools/project";
import { endToEnd } from "../support/end-to-end";
import { makeScratchProject } from "../support/scratch-project";

endToEnd("a release", (tools) => {
  const makeProject = async (name: string, inPlaceOf: Record<string, [RegExp, string]> = {}) => {
    const folder = await makeScratchProject(join(tools.folder, name));
    for (const entry of ["docs", "examples", "README.md", "LICENSE", "CHANGELOG.md", "tsconfig.build.json"]) {
      await cp(join(PROJECT_ROOT, entry), join(folder, entry), { recursive: true });
    }
    for (const [file, [pattern, text]] of Object.entries(inPlaceOf)) {
      writeFileSync(join(folder, file), readFileSync(join(folder, file), "utf8").replaceAll(pattern, text));
    }
    const prepare = (tag: string) => run("npm", ["run", "--silent", "release:prepare", "--", tag], { cwd: folder });
    return { prepare, release: join(folder, "dist", "release") };
  };

  const OWNER: [RegExp, string] = [/OWNER\//g, "somebody/"];
  const PUBLISHABLE: Record<string, [RegExp, string]> = {
    "package.json": OWNER,
    "README.md": OWNER,
    "cli/README.md": OWNER,
    "docs/existing-roles.md": OWNER,
    "modules/ecs-task-execution-role/README.md": OWNER,
    "modules/ecs-task-execution-role/terraform/README.md": OWNER,
    "CHANGELOG.md": [/^## Unreleased$/gm, "## 0.1.0"],
  };

  test("consists of three npm packages, the Terraform archive, their checksums and the release notes", async () => {
    const { prepare, release } = await makeProject("good", PUBLISHABLE);
    expect(succeed(await prepare("v0.1.0")).output).toContain("Release v0.1.0 is in dist/release");
    const archive = "terraform-aws-ecs-task-execution-role-0.1.0.zip";
    expect(readdirSync(release).sort()).toEqual([
      "NOTES.md",
      "SHA256SUMS",
      "cdktf-ecs-task-execution-role-0.1.0.tgz",
      "cdktn-ecs-task-execution-role-0.1.0.tgz",
      "ecs-task-execution-role-0.1.0.tgz",
      archive,
    ]);
    const checksum = (file: string) =>
      createHash("sha256")
        .update(readFileSync(join(release, file), "latin1"), "latin1")
        .digest("hex");
    const published = readdirSync(release).filter((file) => /\.(tgz|zip)$/.test(file));
    expect(readFileSync(join(release, "SHA256SUMS"), "utf8")).toBe(
      published.map((file) => `${checksum(file)}  ${file}\n`).join(""),
    );
    expect(readFileSync(join(release, "NOTES.md"), "utf8")).toMatch(/^The first release\.\n/);
  });

  test.each<[string, string, Record<string, [RegExp, string]>, string]>([
    ["with another tag", "v9.9.9", PUBLISHABLE, "The tag must be v0.1.0"],
    ["without an owner", "v0.1.0", {}, "Replace OWNER with the publishing organization in package.json, README.md"],
    [
      "without a changelog section",
      "v0.1.0",
      { ...PUBLISHABLE, "CHANGELOG.md": [/^$/g, ""] },
      'CHANGELOG.md has no section "## 0.1.0"',
    ],
  ])("is rejected %s", async (name, tag, inPlaceOf, sentence) => {
    const { prepare } = await makeProject(name.replace(/ /g, "-"), inPlaceOf);
    const { code, output } = await prepare(tag);
    expect(output).toContain(sentence);
    expect(code).toBe(1);
  });
});
