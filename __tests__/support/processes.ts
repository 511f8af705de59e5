import { run } from "../../scripts/parts/child-process";

/** The processes whose environment holds `marker`, as a command and all that it starts do. */
export async function processesWith(marker: string): Promise<string[]> {
  const { stdout } = await run("ps", ["axeww", "-o", "pid=,args="]);
  return stdout.split("\n").filter((line) => line.includes(marker) && !line.includes("ps axeww"));
}

/** Waits for up to a minute until something is so. */
export async function waitFor(what: string, condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (await condition()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`waited in vain until ${what}`);
}
