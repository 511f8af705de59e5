import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WrongUsage } from "../../cli/could-not-check";
import { run, succeed } from "../tools/child-process";
import { runCommand } from "../tools/command-line";
import { PROJECT_ROOT } from "../tools/project";
import { existing, median, printTable } from "./measured";

const MODES = ["four policies", "least privilege", "container definitions"];
const NUMBERS_OF_ROLES = [1, 10, 100, 1000];

/** Other libraries, if they are installed in a folder. They are measured with the four policies. */
const PEERS = ["terraconstructs", "aws-cdk-lib"] as const;
const PEERS_ROLES = [1, 100];

interface Figures {
  readonly milliseconds: number;
  readonly megabytes: number;
}

/** Runs one app in one process, from start to exit. */
function measure(subject: string, mode: string, roles: number, folder = ""): Figures {
  const output = mkdtempSync(join(tmpdir(), "bench-"));
  const began = performance.now();
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(__dirname, "one-process.js"), subject, mode, String(roles), folder],
    { cwd: output, encoding: "utf8", env: { ...process.env, CDKTF_OUTDIR: output } },
  );
  const milliseconds = performance.now() - began;
  rmSync(output, { recursive: true, force: true });
  if (status !== 0) {
    throw new Error(`${subject} with ${roles} roles exited with code ${status}:\n${stderr}`);
  }
  return { milliseconds, megabytes: Number(stdout.trim().split("\n").pop()) / 1024 };
}

/** A row of the table. Measures the two subjects in turns, so that other load on the machine affects both. */
function compare(runs: number, mode: string, roles: number, other: string, folder?: string) {
  const pairs = Array.from({ length: runs }, () => ({
    construct: measure("construct", mode, roles),
    theirs: measure(other, mode, roles, folder),
  }));
  const of = (side: "construct" | "theirs", figure: keyof Figures) => median(pairs.map((pair) => pair[side][figure]));
  const [ms, MB] = [of("construct", "milliseconds"), of("construct", "megabytes")];
  const [theirMs, theirMB] = [of("theirs", "milliseconds"), of("theirs", "megabytes")];
  return {
    mode,
    roles: String(roles),
    ms: ms.toFixed(0),
    MB: MB.toFixed(0),
    "compared with": other,
    "its ms": theirMs.toFixed(0),
    "its MB": theirMB.toFixed(0),
    "time ratio": (ms / theirMs).toFixed(2),
    "memory ratio": (MB / theirMB).toFixed(2),
  };
}

function importTime(runs: number): number {
  const once = () => Number(spawnSync(process.execPath, [join(__dirname, "import-time.js")]).stdout);
  return median(Array.from({ length: runs }, once));
}

const usage = `Compares time and memory of a synth with the same resources written by hand, and with other libraries.

  npm run bench -- [--runs NUMBER] [--terraconstructs FOLDER] [--aws-cdk-lib FOLDER]

  --runs NUMBER            runs of each app, of which the median counts; default: 9
  --terraconstructs FOLDER, --aws-cdk-lib FOLDER   also compare with these, installed in a folder`;

const options = {
  runs: { type: "string", default: "9" },
  terraconstructs: { type: "string" },
  "aws-cdk-lib": { type: "string" },
} as const;

void runCommand({ usage, options }, async (values) => {
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) {
    throw new WrongUsage(`--runs takes a number, not ${values.runs}`);
  }
  const peers = PEERS.map((peer) => ({ peer, folder: existing(values[peer]) }));
  console.log("Building the package to measure ...");
  succeed(await run("npm", ["run", "--silent", "build"], { cwd: PROJECT_ROOT }));
  console.log(`Time and peak memory of one app in one process, median of ${runs} runs, measured in turns.`);
  for (const mode of MODES) {
    printTable(NUMBERS_OF_ROLES.map((roles) => compare(runs, mode, roles, "by-hand")));
  }
  for (const { peer, folder } of peers) {
    if (folder) {
      printTable(PEERS_ROLES.map((roles) => compare(runs, "four policies", roles, peer, folder)));
    }
  }
  console.log(
    `Importing the package takes ${importTime(runs).toFixed(1)} ms more than cdktf and the provider's classes.`,
  );
  return 0;
});
