import { run } from "../../scripts/support/child-process";

describe("a command that we run", () => {
  test("leaves no ANSI escape sequences in what we print of it", async () => {
    const print = "console.log('\\x1b[1mApply\\x1b[0m'); console.error('\\x1b[31mError\\x1b[0m')";
    const { stdout, output } = await run(process.execPath, ["-e", print]);
    expect(stdout).toBe("Apply\n");
    expect(output.split("\n").sort()).toEqual(["", "Apply", "Error"]);
  });
});
