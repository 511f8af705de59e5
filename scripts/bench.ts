import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NODE_WITH_TSX } from "./support/project";

const RUNS = 9;
const NUMBERS_OF_ROLES = [1, 10, 100, 1000];

interface Figures {
  readonly milliseconds: number;
  readonly megabytes: number;
}

/** One app as one process, from its start to its end. */
function measure(entry: string, roles: number): Figures {
  const output = mkdtempSync(join(tmpdir(), "bench-"));
  const began = process.hrtime.bigint();
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...NODE_WITH_TSX, join(__dirname, "bench", `${entry}.ts`), String(roles)],
    { encoding: "utf8", env: { ...process.env, CDKTF_OUTDIR: output } },
  );
  const milliseconds = Number(process.hrtime.bigint() - began) / 1e6;
  rmSync(output, { recursive: true, force: true });
  if (status !== 0) {
    throw new Error(`${entry} with ${roles} roles ended with ${status}:\n${stderr}`);
  }
  return { milliseconds, megabytes: Number(stdout) / 1024 };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

console.log(`Time and peak memory of an app as one process, median of ${RUNS} runs, taken in turns.\n`);
console.log("roles   construct            hand-written         ratio of time, memory");
for (const roles of NUMBERS_OF_ROLES) {
  const pairs = Array.from({ length: RUNS }, () => [
    measure("with-the-construct", roles),
    measure("hand-written", roles),
  ]);
  const [ours, theirs] = [0, 1].map((side) => ({
    milliseconds: median(pairs.map((pair) => pair[side]?.milliseconds ?? Number.NaN)),
    megabytes: median(pairs.map((pair) => pair[side]?.megabytes ?? Number.NaN)),
  })) as [Figures, Figures];
  const show = ({ milliseconds, megabytes }: Figures) =>
    `${milliseconds.toFixed(0)} ms, ${megabytes.toFixed(0)} MB`.padEnd(21);
  const ratios = [ours.milliseconds / theirs.milliseconds, ours.megabytes / theirs.megabytes];
  console.log(`${String(roles).padEnd(8)}${show(ours)}${show(theirs)}${ratios.map((r) => r.toFixed(2)).join(", ")}`);
}
