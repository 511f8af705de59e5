// Ends commands, with all that they started. Reads from standard input which ones our parent started ("+PID"), which
// ended by themselves ("-PID") and which to end now ("!PID"). When standard input closes, our parent is gone, however
// it died (also by SIGKILL), and what it started ends too.
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
    // It had ended by itself.
  }
}

const WHAT_TO_DO = {
  "+": (pid) => running.add(pid),
  "-": (pid) => running.delete(pid),
  "!": end,
};

// Our parent decides: a Ctrl-C in its terminal reaches this process, too.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {});
}
for await (const line of createInterface({ input: process.stdin })) {
  WHAT_TO_DO[line[0]](Number(line.slice(1)));
}
running.forEach(end);
