import { join } from "node:path";
import { run, start, stopAll } from "../../scripts/tools/child-process";
import { NODE_WITH_TSX, PROJECT_ROOT } from "../../scripts/tools/project";
import { processesWith, waitFor } from "../support/processes";

const SLEEP = ["-e", "console.log('started'); setInterval(() => {}, 1000)"];

describe("a child process", () => {
  afterAll(stopAll);

  test("has no ANSI escape sequences in its captured output", async () => {
    const print = "console.log('\\x1b[1mApply\\x1b[0m'); console.error('\\x1b[31mError\\x1b[0m')";
    const { stdout, output } = await run(process.execPath, ["-e", print]);
    expect(stdout).toBe("Apply\n");
    expect(output.split("\n").sort()).toEqual(["", "Apply", "Error"]);
  });

  test("exits with code 127 if the command does not exist", async () => {
    expect(await run("no-such-command", [])).toMatchObject({
      code: 127,
      output: expect.stringContaining("no-such-command"),
    });
  });

  test("exits when it is stopped", async () => {
    const sleeping = start(process.execPath, SLEEP);
    await waitFor("it has started", () => sleeping.output() !== "");
    await sleeping.stop();
    expect(await sleeping.finished).toMatchObject({ code: 137 });
  });

  test("exits together with its own child processes when its parent is killed", async () => {
    const library = join(PROJECT_ROOT, "scripts", "tools", "child-process.ts");
    const script = `require(process.argv[1]).start("sh", ["-c", "sleep 1000; true"]); setInterval(() => {}, 1000);`;
    const marker = "ORPHAN_MARKER=killed";
    const ours = start(process.execPath, [...NODE_WITH_TSX, "-e", script, library], {
      env: { ...process.env, ORPHAN_MARKER: "killed" },
    });
    const marked = () => processesWith(marker);
    await waitFor("all have started", async () => (await marked()).some((line) => / sleep 1000 /.test(line)));
    ours.child.kill("SIGKILL");
    await waitFor("all are gone", async () => (await marked()).length === 0);
  });
});
