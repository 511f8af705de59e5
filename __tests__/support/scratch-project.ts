import { cp, mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../scripts/tools/project";

/** Copies the project into a folder, so that its npm scripts can write files as in a user's checkout. */
export async function makeScratchProject(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const entry of ["main.ts", "modules", "cli", "scripts", "cdktf.json", "package.json", "tsconfig.json", "help"]) {
    await cp(join(PROJECT_ROOT, entry), join(folder, entry), { recursive: true });
  }
  await symlink(join(PROJECT_ROOT, "node_modules"), join(folder, "node_modules"), "dir");
  return folder;
}
