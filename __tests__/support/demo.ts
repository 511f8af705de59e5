import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { NODE_WITH_TSX, PROJECT_ROOT } from "../../scripts/parts/project";

export interface RunningDemo {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  /** Its output so far. */
  output(): string;
}

/** Starts the demo as a direct child process, so that a signal reaches nothing else. */
export function startDemo(folder: string, marker: string, ...args: string[]): RunningDemo {
  const child = spawn(process.execPath, [...NODE_WITH_TSX, join(PROJECT_ROOT, "scripts", "demo.ts"), ...args], {
    env: { ...process.env, TMPDIR: folder, DEMO_MARKER: marker },
  });
  let output = "";
  child.stdout.on("data", (text) => {
    output += text;
  });
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  return { child, ended, output: () => output };
}
