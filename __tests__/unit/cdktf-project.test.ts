import { execSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeCdktfProject } from "../../scripts/tools/terraform/cdktf-project";

test("does not execute a command in the path of the app when cdktf starts it through a shell", async () => {
  const root = mkdtempSync(join(tmpdir(), "cdktf-project-"));
  const checkout = join(root, "a$(touch run)b");
  mkdirSync(checkout);
  writeFileSync(join(checkout, "main.ts"), 'require("node:fs").writeFileSync("ran", "");');
  const { folder } = await makeCdktfProject(join(root, "project"), join(checkout, "main.ts"), {});
  const { app } = JSON.parse(readFileSync(join(folder, "cdktf.json"), "utf8"));
  execSync(app, { cwd: folder });
  expect(readdirSync(folder).sort()).toEqual(["app.cjs", "cdktf.json", "ran"]);
  rmSync(root, { recursive: true });
});
