import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deployAndCompare, destroy, synthesizeOnly, waitForCtrlC } from "./demo/life";
import { stopAll } from "./tools/child-process";
import { runCommand } from "./tools/command-line";
import { MissingTool } from "./tools/missing-tool";
import { endWaiting } from "./tools/steps";

const usage = `Deploys the workshop's role and a least-privilege role on an emulated AWS, compares what they allow, plans again
and destroys the workshop's role. No AWS account needed, no costs. Takes less than a minute.

  npm run demo               Terraform or OpenTofu and Python 3 are downloaded or looked for on the PATH
  npm run demo -- --keep     leave both roles in place until Ctrl-C

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 only synthesized because a tool is missing.`;

const SUCCEEDED = 0;
const FAILED = 1;
const NOT_APPLIED = 3;

const USERS_TEMPORARY_FOLDER = tmpdir();
const FOLDER_NAME = "task-execution-role-demo-";

/** Whether both roles stay in place until Ctrl-C, which then counts as success. */
let isKept = false;

async function demo(folder: string, keep: boolean): Promise<number> {
  console.log("Two task execution roles on an emulated AWS: no account needed, no costs.\n");
  try {
    const deployed = await deployAndCompare(folder);
    if (keep) {
      isKept = true;
      await waitForCtrlC(deployed);
    }
    await destroy(deployed);
    return SUCCEEDED;
  } catch (error) {
    if (error instanceof MissingTool) {
      await synthesizeOnly(error, USERS_TEMPORARY_FOLDER);
      return NOT_APPLIED;
    }
    throw error;
  }
}

/** Runs the demo, and always removes its processes and its folder, even if the demo fails or is stopped. */
async function main({ keep = false }: { readonly keep?: boolean }): Promise<number> {
  const folder = await mkdtemp(join(USERS_TEMPORARY_FOLDER, FOLDER_NAME));
  let stopping = false;
  // The demo and its child processes write temporary files only into the folder, which is removed at the end.
  Object.assign(process.env, { TMPDIR: folder, TEMP: folder, TMP: folder });
  const cleanUp = async () => {
    await stopAll();
    await rm(folder, { recursive: true, force: true });
  };
  const stop = async (exitCode: number) => {
    stopping = true;
    endWaiting();
    console.log("\nStopping ...");
    await cleanUp();
    console.log(`Removed: the emulated AWS with all that was deployed, and ${folder}.`);
    process.exit(isKept ? SUCCEEDED : exitCode);
  };
  process.on("SIGINT", () => stop(130));
  process.on("SIGTERM", () => stop(143));
  process.on("SIGHUP", () => stop(129));
  // If npm is killed, this process does not receive a signal.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(FAILED), 500).unref();

  try {
    return await demo(folder, keep);
  } catch (error) {
    endWaiting();
    // Errors while the demo stops are a consequence of stopping it.
    if (stopping) {
      return await new Promise(() => undefined);
    }
    throw new Error(`\nThe demo failed: ${(error as Error).message}`);
  } finally {
    if (!stopping) {
      await cleanUp();
    }
  }
}

void runCommand({ usage, options: { keep: { type: "boolean" } } }, main);
