import { readFile } from "node:fs/promises";
import { run } from "../../scripts/parts/child-process";
import { PROJECT_ROOT } from "../../scripts/parts/project";
import { attachedPolicies, ECS_TASKS_TRUST, FOUR_POLICIES, trustOf } from "../support/account";
import { startDemo } from "../support/demo";
import { endToEnd, iamClientOf } from "../support/end-to-end";
import { processesWith, waitFor } from "../support/processes";

const ROLE = "fcjEcsTaskExecutionRole";

endToEnd("npm run demo", (parts) => {
  test("keeps running with --keep, and exits with code 0 on Ctrl-C", async () => {
    const demo = startDemo(parts.folder, "kept", "--keep");
    await waitFor("it is kept", () => demo.output().includes("Ctrl-C stops the emulated AWS"), 3);
    const settings = Object.fromEntries(
      [...demo.output().matchAll(/export (\w+)=(\S+)/g)].map(([, name, value]) => [name, value]),
    );
    expect(settings).toMatchObject({ AWS_REGION: "us-east-1", AWS_DEFAULT_REGION: "us-east-1" });
    const verify = await run("npm", ["run", "--silent", "verify", "--", ROLE], {
      cwd: PROJECT_ROOT,
      env: { ...parts.environment, ...settings },
    });
    expect(verify.code).toBe(0);
    const iam = iamClientOf(settings.AWS_ENDPOINT_URL ?? "");
    expect(await attachedPolicies(iam, ROLE)).toEqual(FOUR_POLICIES);
    expect(await trustOf(iam, ROLE)).toEqual(ECS_TASKS_TRUST);
    const json = demo.output().match(/The Terraform JSON: (\S+)/)?.[1] ?? "";
    expect(JSON.parse(await readFile(json, "utf8")).resource).toHaveProperty("aws_iam_role");

    demo.child.kill("SIGINT");
    expect(await demo.ended).toBe(0);
    expect(demo.output()).toMatch(/Removed: the emulated AWS with all that was deployed, and \S+\.\n$/);
    await waitFor("all its processes are gone", async () => (await processesWith("DEMO_MARKER=kept")).length === 0);
  });

  test.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("leaves no process behind on %s", async (signal) => {
    const marker = `killed-by-${signal}`;
    const demo = startDemo(parts.folder, marker);
    await waitFor("it deploys", () => demo.output().includes("4. Deploying"));
    const ofDemo = () => processesWith(`DEMO_MARKER=${marker}`);
    await waitFor("Terraform runs", async () => (await ofDemo()).some((line) => line.includes("terraform")));
    demo.child.kill(signal);
    await demo.ended;
    await waitFor("all its processes are gone", async () => (await ofDemo()).length === 0);
  });
});
