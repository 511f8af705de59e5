import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Environment, type Finished, run } from "../child-process";
import { NODE_WITH_TSX } from "../project";

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
  await writeFile(join(folder, "app.cjs"), launcher([...NODE_WITH_TSX, entry]));
  await writeFile(
    join(folder, "cdktf.json"),
    JSON.stringify({ language: "typescript", app: "node app.cjs", sendCrashReports: "false" }),
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

/** Starts Node with these arguments, without a shell. */
function launcher(args: readonly string[]): string {
  return [
    'const { spawnSync } = require("node:child_process");',
    `const { status } = spawnSync(${JSON.stringify(process.execPath)}, ${JSON.stringify(args)}, { stdio: "inherit" });`,
    "process.exitCode = status ?? 1;",
    "",
  ].join("\n");
}
