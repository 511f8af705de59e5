import { run } from "../../scripts/tools/child-process";

/** The processes with `marker` in their environment, which child processes inherit. */
export async function processesWith(marker: string): Promise<string[]> {
  const { stdout } = await run("ps", ["axeww", "-o", "pid=,args="]);
  return stdout.split("\n").filter((line) => line.includes(marker) && !line.includes("ps axeww"));
}

/** Waits until a condition is true. */
export async function waitFor(what: string, condition: () => Promise<boolean> | boolean, minutes = 1): Promise<void> {
  const end = Date.now() + minutes * 60_000;
  while (Date.now() < end) {
    if (await condition()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`waited in vain until ${what}`);
}
