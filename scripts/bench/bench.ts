import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WrongUsage } from "../../cli/could-not-check";
import { runCommand } from "../parts/command-line";
import { PROJECT_ROOT } from "../parts/project";
import { existing, median } from "./measured";

const MODES = ["four policies", "least privilege", "container definitions"];
const NUMBERS_OF_ROLES = [1, 10, 100, 1000];

/** Other libraries, if they are installed in a folder. They are measured with the four policies. */
const PEERS = ["terraconstructs", "aws-cdk-lib"] as const;
const PEERS_ROLES = [1, 100];

interface Figures {
  readonly milliseconds: number;
  readonly megabytes: number;
}

interface Row {
  readonly mode: string;
  readonly roles: number;
  readonly other: string;
  readonly construct: Figures;
  readonly theirs: Figures;
}

/** Runs one app in one process, from start to exit. */
function measure(subject: string, mode: string, roles: number, folder = ""): Figures {
  const output = mkdtempSync(join(tmpdir(), "bench-"));
  const began = process.hrtime.bigint();
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(__dirname, "one-process.js"), subject, mode, String(roles), folder],
    { cwd: output, encoding: "utf8", env: { ...process.env, CDKTF_OUTDIR: output } },
  );
  const milliseconds = Number(process.hrtime.bigint() - began) / 1e6;
  rmSync(output, { recursive: true, force: true });
  if (status !== 0) {
    throw new Error(`${subject} with ${roles} roles exited with code ${status}:\n${stderr}`);
  }
  return { milliseconds, megabytes: Number(stdout.trim().split("\n").pop()) / 1024 };
}

/** Measures the construct and another subject in turns, so that other load on the machine affects both. */
function compare(runs: number, mode: string, roles: number, other: string, folder?: string): Row {
  const pairs = Array.from({ length: runs }, () => ({
    construct: measure("construct", mode, roles),
    theirs: measure(other, mode, roles, folder),
  }));
  const figures = (side: "construct" | "theirs"): Figures => ({
    milliseconds: median(pairs.map((pair) => pair[side].milliseconds)),
    megabytes: median(pairs.map((pair) => pair[side].megabytes)),
  });
  return { mode, roles, other, construct: figures("construct"), theirs: figures("theirs") };
}

function importTime(runs: number): number {
  const once = () => Number(spawnSync(process.execPath, [join(__dirname, "import-time.js")]).stdout);
  return median(Array.from({ length: runs }, once));
}

/** Prints a row. */
function shown(row: Row): Row {
  const { mode, roles, other, construct, theirs } = row;
  const figures = ({ milliseconds, megabytes }: Figures) => `${milliseconds.toFixed(0)} ms, ${megabytes.toFixed(0)} MB`;
  const cells = [mode, String(roles), figures(construct), other, figures(theirs)];
  const ratios = [construct.milliseconds / theirs.milliseconds, construct.megabytes / theirs.megabytes];
  const widths = [23, 7, 18, 17, 18];
  console.log(
    [...cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)), ...ratios.map((one) => `${one.toFixed(2)}  `)].join(""),
  );
  return row;
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
  const built = spawnSync("npm", ["run", "--silent", "build"], { cwd: PROJECT_ROOT, encoding: "utf8" });
  if (built.status !== 0) {
    throw new Error(built.stderr + built.stdout);
  }
  console.log(`Time and peak memory of one app in one process, median of ${runs} runs, measured in turns.\n`);
  console.log("mode                   roles  construct         compared with    its figures       time  memory");
  for (const mode of MODES) {
    const rows = NUMBERS_OF_ROLES.map((roles) => shown(compare(runs, mode, roles, "by-hand")));
    const [hundred = Number.NaN, thousand = Number.NaN] = rows.slice(-2).map(({ construct }) => construct.milliseconds);
    console.log(`From 100 to 1000 roles, the time grows ${(thousand / hundred).toFixed(1)}-fold.\n`);
  }
  for (const { peer, folder } of peers) {
    for (const roles of folder ? PEERS_ROLES : []) {
      shown(compare(runs, "four policies", roles, peer, folder));
    }
  }
  console.log(
    `Importing the package takes ${importTime(runs).toFixed(1)} ms more than cdktf and the provider's classes.`,
  );
  return 0;
});
