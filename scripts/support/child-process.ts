import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { stripVTControlCharacters } from "node:util";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Finished {
  readonly command: string;
  readonly code: number;
  /** Without ANSI escape sequences, as is `output`. */
  readonly stdout: string;
  /** Standard output and standard error together, in the order they came. */
  readonly output: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Standard output and standard error so far. */
  output(): string;
  /** Ends the command and all that it started; resolves when it is gone. */
  stop(): Promise<void>;
}

interface Options {
  readonly cwd?: string;
  readonly env?: Environment;
}

const running = new Set<Running>();

/** Starts a command that does not outlive this process, however this process ends. */
export function start(command: string, args: readonly string[], { cwd, env }: Options = {}): Running {
  const child = spawn(process.execPath, [join(__dirname, "supervise.mjs"), command, ...args], {
    cwd,
    env: env as NodeJS.ProcessEnv,
    stdio: ["pipe", "pipe", "pipe"],
    windowsHide: true,
  });
  let stdout = "";
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      // Some commands print colors into a pipe too.
      resolve({
        command: [command, ...args].join(" "),
        code: code ?? 137,
        stdout: stripVTControlCharacters(stdout),
        output: stripVTControlCharacters(output),
      });
    });
  }).finally(() => running.delete(started));
  const started: Running = {
    child,
    finished,
    output: () => output,
    async stop() {
      child.stdin.end();
      await finished;
    },
  };
  running.add(started);
  return started;
}

/** Runs a command to its end. */
export function run(command: string, args: readonly string[], options?: Options): Promise<Finished> {
  return start(command, args, options).finished;
}

/** @throws Error with all that the command printed, unless it ended with 0. */
export function succeed(finished: Finished): Finished {
  if (finished.code !== 0) {
    throw new Error(`${finished.command} ended with code ${finished.code}:\n${finished.output}`);
  }
  return finished;
}

/** Ends all that {@link start} started and that still runs. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map((one) => one.stop()));
}

/** Where a command lies on the PATH, if it does. */
export function onPath(command: string): string | undefined {
  const endings = process.platform === "win32" ? (process.env.PATHEXT ?? ".EXE").split(";") : [""];
  return (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => endings.map((ending) => join(folder, command + ending)))
    .find(isExecutable);
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
