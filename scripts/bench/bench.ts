import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { WrongUsage } from "../../cli/could-not-check";
import { runCommand } from "../parts/command-line";
import { PROJECT_ROOT } from "../parts/project";
import { median } from "./median";

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
  readonly timeRatio: number;
  readonly memoryRatio: number;
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
  const of = (side: "construct" | "theirs", figure: keyof Figures) => median(pairs.map((pair) => pair[side][figure]));
  const figures = (side: "construct" | "theirs"): Figures => ({
    milliseconds: of(side, "milliseconds"),
    megabytes: of(side, "megabytes"),
  });
  const [construct, theirs] = [figures("construct"), figures("theirs")];
  const timeRatio = construct.milliseconds / theirs.milliseconds;
  const memoryRatio = construct.megabytes / theirs.megabytes;
  return { mode, roles, other, construct, theirs, timeRatio, memoryRatio };
}

function importTime(runs: number): number {
  const once = () => Number(spawnSync(process.execPath, [join(__dirname, "import-time.js")]).stdout);
  return median(Array.from({ length: runs }, once));
}

function show({ mode, roles, other, construct, theirs, timeRatio, memoryRatio }: Row): string {
  const figures = ({ milliseconds, megabytes }: Figures) => `${milliseconds.toFixed(0)} ms, ${megabytes.toFixed(0)} MB`;
  const cells = [mode, String(roles), figures(construct), other, figures(theirs)];
  return [
    ...cells.map((cell, at) => cell.padEnd([23, 7, 18, 17, 18][at] ?? 0)),
    timeRatio.toFixed(2),
    "  ",
    memoryRatio.toFixed(2),
  ].join("");
}

const usage = `Compares time and memory of a synth with the same resources written by hand, and with other libraries.

  npm run bench -- [--json] [--runs NUMBER] [--terraconstructs FOLDER] [--aws-cdk-lib FOLDER]

  --json                   print JSON
  --runs NUMBER            runs of each app, of which the median counts; default: 9
  --terraconstructs FOLDER, --aws-cdk-lib FOLDER   also compare with these, installed in a folder`;

const options = {
  json: { type: "boolean", default: false },
  runs: { type: "string", default: "9" },
  terraconstructs: { type: "string" },
  "aws-cdk-lib": { type: "string" },
} as const;

void runCommand({ usage, options }, async (values) => {
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) {
    throw new WrongUsage(`--runs takes a number, not ${values.runs}`);
  }
  const missing = PEERS.find((peer) => values[peer] !== undefined && !existsSync(values[peer]));
  if (missing) {
    throw new WrongUsage(`There is no folder ${values[missing]} (--${missing})`);
  }
  const print = values.json ? () => undefined : console.log;

  print("Building the package to measure ...");
  const built = spawnSync("npm", ["run", "--silent", "build"], { cwd: PROJECT_ROOT, encoding: "utf8" });
  if (built.status !== 0) {
    throw new Error(built.stderr + built.stdout);
  }
  print(`Time and peak memory of one app in one process, median of ${runs} runs, measured in turns.\n`);
  print("mode                   roles  construct         compared with    its figures       time  memory");
  const rows: Row[] = [];
  const add = (row: Row) => {
    rows.push(row);
    print(show(row));
  };
  for (const mode of MODES) {
    for (const roles of NUMBERS_OF_ROLES) {
      add(compare(runs, mode, roles, "by-hand"));
    }
  }
  for (const peer of PEERS) {
    const folder = values[peer];
    if (folder) {
      for (const roles of PEERS_ROLES) {
        add(compare(runs, "four policies", roles, peer, resolve(folder)));
      }
    }
  }
  const growth = MODES.map((mode) => {
    const at = (roles: number) => rows.find((row) => row.mode === mode && row.roles === roles)?.construct.milliseconds;
    return { mode, growth: (at(1000) ?? Number.NaN) / (at(100) ?? Number.NaN) };
  });
  const importMilliseconds = importTime(runs);
  for (const one of growth) {
    print(`\nFrom 100 to 1000 roles, ${one.mode}: the time grows ${one.growth.toFixed(1)}-fold.`);
  }
  print(
    `\nImporting the package takes ${importMilliseconds.toFixed(1)} ms more than cdktf and the provider's classes.`,
  );
  if (values.json) {
    console.log(JSON.stringify({ runs, rows, growth, importMilliseconds }, null, 2));
  }
  return 0;
});
