import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Environment, type Finished, run } from "../child-process";
import { WITHOUT_DEP0044 } from "../project";

/** A cdktf project in a separate folder, so that its state and output stay out of this one. */
export interface CdktfProject {
  readonly folder: string;
  /** Where cdktf writes a stack and runs Terraform. */
  stackFolder(stack: string): string;
  cdktf(...args: readonly string[]): Promise<Finished>;
}

export async function makeCdktfProject(folder: string, entry: string, environment: Environment): Promise<CdktfProject> {
  await mkdir(folder, { recursive: true });
  // cdktf runs the app through a shell, which could interpret a path as a command.
  const app = [require.resolve("tsx/cjs"), entry].map((path) => `require(${JSON.stringify(path)});\n`);
  await writeFile(join(folder, "app.cjs"), app.join(""));
  await writeFile(
    join(folder, "cdktf.json"),
    JSON.stringify({ language: "typescript", app: `node ${WITHOUT_DEP0044} app.cjs`, sendCrashReports: "false" }),
  );
  const cli = require.resolve("cdktf-cli/bundle/bin/cdktf.js");
  return {
    folder,
    stackFolder: (stack) => join(folder, "cdktf.out", "stacks", stack),
    cdktf: (...args) =>
      run(process.execPath, [cli, ...args], {
        cwd: folder,
        // CI keeps cdktf's output plain.
        env: { ...environment, CI: "true", CDKTF_HOME: join(folder, ".cdktf-home") },
      }),
  };
}
