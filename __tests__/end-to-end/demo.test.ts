import { mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { onPath, run, start } from "../../scripts/parts/child-process";
import { NODE_WITH_TSX, PROJECT_ROOT } from "../../scripts/parts/project";
import { endToEnd } from "../support/end-to-end";
import { OFFLINE } from "../support/faked-fetch";
import { processesWith } from "../support/processes";
import { makeScratchProject } from "../support/scratch-project";

/** As `npm run --silent` sets it for every npm that its script starts. */
const SILENT = { npm_config_loglevel: "silent" };

endToEnd("npm run demo", (parts) => {
  const demoEnvironment = (more: Record<string, string> = {}) => ({ ...process.env, TMPDIR: parts.folder, ...more });

  test("shows the whole lifecycle of the role and leaves nothing behind", async () => {
    const project = JSON.parse(await readFile(join(PROJECT_ROOT, "package.json"), "utf8"));
    expect(project.scripts.demo).toMatch(/^node \S+ --import tsx scripts\/demo\.ts$/);
    const { code, output } = await run("npm", ["run", "--silent", "demo"], {
      cwd: PROJECT_ROOT,
      env: demoEnvironment({ DEMO_MARKER: "whole-life", AWS_PROFILE: "must-not-be-used" }),
    });
    expect(output.replace(/\d+\.\d s/g, "N s")).toContain(
      "5. Deploying main.ts, the role that the AWS workshop creates by hand: cdktf deploy ...\n   (N s)\n",
    );
    for (const sentence of [
      `${parts.terraform.product} ${parts.terraform.version}, AWS provider ${parts.terraform.awsProviderVersion}`,
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

  test("only synthesizes and exits with code 3 if Terraform is missing and cannot be downloaded", async () => {
    const bin = join(parts.folder, "bin");
    await mkdir(bin);
    await symlink(onPath("node") ?? "", join(bin, "node"));
    // In a copy, because this checkout can have a Terraform in its cache.
    const project = await makeScratchProject(join(parts.folder, "project"));
    const { code, output } = await start(process.execPath, [...NODE_WITH_TSX, join(project, "scripts", "demo.ts")], {
      env: demoEnvironment({
        PATH: bin,
        TERRAFORM_BINARY_NAME: "",
        ...OFFLINE,
        ...SILENT,
        npm_config_cache: parts.folder,
      }),
    }).finished;
    expect(output).toContain("1 aws_iam_role, 4 aws_iam_role_policy_attachment");
    expect(output).toMatch(/There is no terraform on the PATH: downloading Terraform \S+ into \S+ \.\.\.\n/);
    expect(output).toMatch(/could not be downloaded \(.+\): install Terraform 1\.5 or later/);
    const json = output.match(/\S+cdk\.tf\.json/)?.[0] ?? "";
    expect(JSON.parse(await readFile(json, "utf8")).resource).toHaveProperty("aws_iam_role");
    expect(code).toBe(3);
  });
});
