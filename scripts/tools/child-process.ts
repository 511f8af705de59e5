import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import type { Socket } from "node:net";
import { delimiter, join } from "node:path";
import { stripVTControlCharacters } from "node:util";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Finished {
  readonly command: string;
  readonly code: number;
  /** Without ANSI escape sequences, as is `output`. */
  readonly stdout: string;
  /** Standard output and standard error together, in the order of their output. */
  readonly output: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Standard output and standard error so far. */
  output(): string;
  /** Stops the command and its child processes, and resolves when they have exited. */
  stop(): Promise<void>;
}

interface Options {
  readonly cwd?: string;
  readonly env?: Environment;
}

const running = new Set<Running>();

/** Starts a command that never outlives this process, however this process ends. */
export function start(command: string, args: readonly string[], { cwd, env }: Options = {}): Running {
  const child = spawn(command, args, {
    cwd,
    env: env as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
    // Its own process group, so that its child processes end with it.
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  tellEndOrphans("+", child);
  let stdout = "";
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.on("exit", () => tellEndOrphans("-", child));
  const finished = new Promise<Finished>((resolve) => {
    const finish = (code: number) =>
      // Some commands print colors even to a pipe.
      resolve({
        command: [command, ...args].join(" "),
        code,
        stdout: stripVTControlCharacters(stdout),
        output: stripVTControlCharacters(output),
      });
    child.on("error", ({ message }) => {
      output += message;
      finish(NOT_FOUND);
    });
    child.on("close", (code) => finish(code ?? KILLED));
  }).finally(() => running.delete(started));
  const started: Running = {
    child,
    finished,
    output: () => output,
    async stop() {
      tellEndOrphans("!", child);
      await finished;
    },
  };
  running.add(started);
  return started;
}

// The exit codes of a shell.
const NOT_FOUND = 127;
const KILLED = 137;

let endOrphans: ChildProcess | undefined;

/** Tells a helper process, which stops the commands when this process is gone. */
function tellEndOrphans(what: "+" | "-" | "!", { pid }: ChildProcess): void {
  if (pid === undefined) {
    return; // It did not start.
  }
  if (!endOrphans) {
    endOrphans = spawn(process.execPath, [join(__dirname, "end-orphans.mjs")], {
      stdio: ["pipe", "ignore", "ignore"],
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    endOrphans.unref();
    (endOrphans.stdin as Socket).unref();
  }
  endOrphans.stdin?.write(`${what}${pid}\n`);
}

/** Runs a command until it exits. */
export function run(command: string, args: readonly string[], options?: Options): Promise<Finished> {
  return start(command, args, options).finished;
}

/** @throws Error with the command's output, unless the exit code is 0. */
export function succeed(finished: Finished): Finished {
  if (finished.code !== 0) {
    throw new Error(`${finished.command} exited with code ${finished.code}:\n${finished.output}`);
  }
  return finished;
}

/** Stops every command that {@link start} started and that is still running. */
export async function stopAll(): Promise<void> {
  await Promise.all([...running].map((one) => one.stop()));
  endOrphans?.stdin?.end();
  endOrphans = undefined;
}

/** The path of a command on the PATH, if it is there. */
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
