import { join } from "node:path";
import { bundleCli } from "../../scripts/package/cli-package";
import { type Finished, run } from "../../scripts/parts/child-process";
import { CACHE_FOLDER, PROJECT_ROOT } from "../../scripts/parts/project";
import type { RealParts } from "./end-to-end";

/** Inside the project, where it finds the AWS SDK. */
const BUNDLE = join(CACHE_FOLDER, "command.js");

/** Bundles the command once for all tests. The bundle starts three times as fast as the sources. */
export async function bundleCommand(): Promise<void> {
  await bundleCli(BUNDLE);
}

/** Runs the command, as its package contains it, on the emulated AWS. */
export function runCli(
  { environment }: Pick<RealParts, "environment">,
  args: readonly string[],
  cwd = PROJECT_ROOT,
): Promise<Finished> {
  return run(process.execPath, [BUNDLE, ...args], { cwd, env: environment });
}
