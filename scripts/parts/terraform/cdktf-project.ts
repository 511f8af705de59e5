import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Environment, type Finished, run } from "../child-process";
import { NODE_WITH_TSX } from "../project";

/** A cdktf project in a folder of its own, so that state and output never land in this one. */
export interface CdktfProject {
  readonly folder: string;
  /** Where cdktf writes a stack and runs Terraform. */
  stackFolder(stack: string): string;
  cdktf(...args: readonly string[]): Promise<Finished>;
}

export async function makeCdktfProject(folder: string, entry: string, environment: Environment): Promise<CdktfProject> {
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, "cdktf.json"),
    JSON.stringify({
      language: "typescript",
      app: [process.execPath, ...NODE_WITH_TSX, entry].map((part) => `"${part}"`).join(" "),
      sendCrashReports: "false",
    }),
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
