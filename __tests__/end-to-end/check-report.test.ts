import { join } from "node:path";
import { callCommand } from "../support/command";
import { endToEnd } from "../support/end-to-end";
import { pushImage } from "../support/images";
import { RootModule } from "../support/root-module";

endToEnd("the report of check", (parts) => {
  const check = (...args: string[]) => callCommand(parts, "check", "--task-definition", "orders", ...args);

  beforeAll(async () => {
    const root = new RootModule(parts, join(parts.folder, "workshop"));
    await root.writeFixture("workshop.tf");
    await root.apply();
    await pushImage(parts, "orders", "v1");
  });

  test("on the workshop's role and two denied calls fits a screen, and has every statement with excess", async () => {
    const { code, stdout } = await check();
    const lines = stdout.trimEnd().split("\n");
    expect(lines[1]).toBe("  orders:1 will not start: 2 calls denied");
    expect(lines.filter((line) => line.startsWith("  DENIED "))).toHaveLength(2);
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines.filter((line) => line.length > 120)).toEqual([]);
    const { roles } = JSON.parse((await check("--json")).stdout);
    const excess: { policy: string; statement: string }[] = roles[0].excess;
    const statements = [
      ...new Set(excess.map(({ policy, statement }) => `${policy.replace(/^.*:policy\//, "")}, ${statement}:`)),
    ];
    expect(excess.length).toBeGreaterThan(40);
    expect(statements).toHaveLength(7);
    expect(statements.filter((one) => !stdout.includes(`\n  EXCESS       ${one} `))).toEqual([]);
    expect(lines.at(-1)).toBe("1 of 1 task will not start: 2 denied, 7 excess.");
    expect(code).toBe(1);
  });

  test("lists with --verbose also the calls that are allowed", async () => {
    const call = "\n  ok           secretsmanager:GetSecretValue on";
    expect((await check()).stdout).not.toContain(call);
    expect((await check("--verbose")).stdout).toContain(call);
  });

  test("names an --ignore that matches no finding beside the output, and has the same exit code", async () => {
    const ignored = ["missing-permission", "excess-permission=s3:Nothing", "dead-statement"];
    const { code, stdout, output } = await check("--json", ...ignored.flatMap((one) => ["--ignore", one]));
    expect(output.replace(stdout, "")).toBe(
      "Warning: --ignore excess-permission=s3:Nothing does not match any findings.\nWarning: --ignore dead-statement does not match any findings.\n",
    );
    expect([code, JSON.parse(stdout).roles.length]).toEqual([0, 1]);
  });
});
