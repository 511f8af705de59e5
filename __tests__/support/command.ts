import { join } from "node:path";
import type { commandLine } from "../../cli/command-line";
import { bundleCli } from "../../scripts/package/cli-package";
import { type Finished, run } from "../../scripts/tools/child-process";
import { CACHE_FOLDER, PROJECT_ROOT } from "../../scripts/tools/project";
import type { RealTools } from "./end-to-end";

/** Inside the project, where it finds the AWS SDK. */
const BUNDLE = join(CACHE_FOLDER, "command.js");
const FUNCTION = join(CACHE_FOLDER, "command-line.js");

/** Bundles the command once for all tests. The bundle starts three times as fast as the sources. */
export async function bundleCommand(): Promise<void> {
  await Promise.all([bundleCli(BUNDLE), bundleCli(FUNCTION, "command-line.ts")]);
}

/** Runs the command, as its package contains it, on the emulated AWS. */
export function runCli(
  { environment }: Pick<RealTools, "environment">,
  args: readonly string[],
  cwd = PROJECT_ROOT,
): Promise<Finished> {
  return run(process.execPath, [BUNDLE, ...args], { cwd, env: environment });
}

/** Calls the command in this process, which costs a fraction of a process with its own Node.js and AWS SDK. */
export async function callCommand(
  { environment }: Pick<RealTools, "environment">,
  ...args: readonly string[]
): Promise<Finished> {
  const called: { commandLine: typeof commandLine } = require(FUNCTION);
  const { env } = process;
  let stdout = "";
  let output = "";
  const log = jest.spyOn(console, "log").mockImplementation((text) => {
    stdout += `${text}\n`;
    output += `${text}\n`;
  });
  const error = jest.spyOn(console, "error").mockImplementation((text) => {
    output += `${text}\n`;
  });
  process.env = { ...environment } as NodeJS.ProcessEnv;
  try {
    const code = await called.commandLine(args);
    return { command: args.join(" "), code, stdout, output };
  } finally {
    process.env = env;
    log.mockRestore();
    error.mockRestore();
  }
}
