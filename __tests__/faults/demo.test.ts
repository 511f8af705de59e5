import { type ChildProcess, spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../../scripts/tools/child-process";
import { NODE_WITH_TSX, PROJECT_ROOT } from "../../scripts/tools/project";
import { attachedPolicies, ECS_TASKS_TRUST, FOUR_POLICIES, trustOf } from "../support/account";
import { endToEnd, iamClientOf } from "../support/end-to-end";
import { processesWith, waitFor } from "../support/processes";

const ROLE = "fcjEcsTaskExecutionRole";

interface RunningDemo {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  /** Its output so far. */
  output(): string;
}

/** Starts the demo as a direct child process, so that a signal reaches nothing else. */
function startDemo(folder: string, marker: string, ...args: string[]): RunningDemo {
  const child = spawn(process.execPath, [...NODE_WITH_TSX, join(PROJECT_ROOT, "scripts", "demo.ts"), ...args], {
    env: { ...process.env, TMPDIR: folder, DEMO_MARKER: marker },
  });
  let output = "";
  child.stdout.on("data", (text) => {
    output += text;
  });
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  return { child, ended, output: () => output };
}

endToEnd("npm run demo", (tools) => {
  test("shows the whole lifecycle of the role and leaves nothing behind", async () => {
    const project = JSON.parse(await readFile(join(PROJECT_ROOT, "package.json"), "utf8"));
    expect(project.scripts.demo).toMatch(/^node \S+ --import tsx scripts\/demo\.ts$/);
    const { code, output } = await run("npm", ["run", "--silent", "demo"], {
      cwd: PROJECT_ROOT,
      env: { ...process.env, TMPDIR: tools.folder, DEMO_MARKER: "whole-life", AWS_PROFILE: "must-not-be-used" },
    });
    expect(output.replace(/\d+\.\d s/g, "N s")).toContain(
      "5. Deploying main.ts, the role that the AWS workshop creates by hand: cdktf deploy ...\n   (N s)\n",
    );
    for (const sentence of [
      `${tools.terraform.product} ${tools.terraform.version}, AWS provider ${tools.terraform.awsProviderVersion}`,
      "Apply complete! Resources: 5 added, 0 changed, 0 destroyed.",
      "All as expected: the role exists, ECS tasks can assume it, and exactly the 4 policies above are attached.",
      "No changes. Your infrastructure matches the configuration.",
      "ReadSecrets     secretsmanager:GetSecretValue\n                   on arn:aws:secretsmanager:us-east-1:123456789012:secret:orders/database-",
      "allowed the 8 calls that its task needs, and no other.",
      "fcjEcsTaskExecutionRole: also allowed ",
      "     logs:DeleteResourcePolicy            *\n",
      "It is denied a call that the task needs: ssm:GetParameters on arn:aws:ssm:us-east-1:123456789012:parameter/orders/flags",
      "Destroy complete! Resources: 5 destroyed.",
      "there is no role fcjEcsTaskExecutionRole in this account",
      "npm run deploy",
    ]) {
      expect(output).toContain(sentence);
    }
    for (const noise of ["\u001b", "DeprecationWarning"]) {
      expect(output).not.toContain(noise);
    }
    expect(code).toBe(0);
    expect(await processesWith("DEMO_MARKER=whole-life")).toEqual([]);
    expect((await readdir(PROJECT_ROOT)).filter((name) => name.includes("terraform.orders"))).toEqual([]);
  });

  test("keeps running with --keep, and exits with code 0 on Ctrl-C", async () => {
    const demo = startDemo(tools.folder, "kept", "--keep");
    await waitFor("it is kept", () => demo.output().includes("Ctrl-C stops the emulated AWS"), 3);
    const settings = Object.fromEntries(
      [...demo.output().matchAll(/export (\w+)=(\S+)/g)].map(([, name, value]) => [name, value]),
    );
    expect(settings).toMatchObject({ AWS_REGION: "us-east-1", AWS_DEFAULT_REGION: "us-east-1" });
    const verify = await run("npm", ["run", "--silent", "verify", "--", ROLE], {
      cwd: PROJECT_ROOT,
      env: { ...tools.environment, ...settings },
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
    const demo = startDemo(tools.folder, marker);
    await waitFor("it deploys", () => demo.output().includes("4. Deploying"));
    const ofDemo = () => processesWith(`DEMO_MARKER=${marker}`);
    await waitFor("Terraform runs", async () => (await ofDemo()).some((line) => line.includes("terraform")));
    demo.child.kill(signal);
    await demo.ended;
    await waitFor("all its processes are gone", async () => (await ofDemo()).length === 0);
  });
});
