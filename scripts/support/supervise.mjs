// Runs a command and ends it, with all that it started, as soon as our standard input closes:
// that is when whoever started us asks for it, or is gone, however it died (also by SIGKILL).
import { spawn, spawnSync } from "node:child_process";

const [command, ...args] = process.argv.slice(2);
const onWindows = process.platform === "win32";
const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"], detached: !onWindows });

function endAll() {
  if (onWindows) {
    spawnSync("taskkill", ["/PID", String(child.pid), "/T", "/F"]);
    return;
  }
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It had ended by itself.
  }
}

process.stdin.on("end", endAll).on("error", endAll).resume();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, endAll);
}
child.on("error", (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(127);
});
child.on("exit", (code) => process.exit(code ?? 137));
