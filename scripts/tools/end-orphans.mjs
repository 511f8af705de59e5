// Stops commands and their child processes. Reads from standard input which commands our parent started ("+PID"), which
// have exited ("-PID") and which to stop now ("!PID"). When standard input closes, our parent has ended, even if by
// SIGKILL, and the remaining commands are stopped.
import { spawnSync } from "node:child_process";
import { createInterface } from "node:readline";

const onWindows = process.platform === "win32";
const running = new Set();

function end(pid) {
  if (onWindows) {
    spawnSync("taskkill", ["/PID", String(pid), "/T", "/F"]);
    return;
  }
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has already exited.
  }
}

const WHAT_TO_DO = {
  "+": (pid) => running.add(pid),
  "-": (pid) => running.delete(pid),
  "!": end,
};

// Only our parent decides: a Ctrl-C in its terminal reaches this process too.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {});
}
for await (const line of createInterface({ input: process.stdin })) {
  WHAT_TO_DO[line[0]](Number(line.slice(1)));
}
running.forEach(end);
