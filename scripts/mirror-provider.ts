import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { WrongUsage } from "../cli/could-not-check";
import { run, succeed } from "./tools/child-process";
import { runCommand } from "./tools/command-line";

const usage = `Mirrors one version of the AWS provider, so that all tests can run with it (TF_PROVIDER_MIRROR).

  npm run mirror -- VERSION FOLDER, for example npm run mirror -- "~> 5.100.0" .cache/mirror`;

async function mirror(version: string | undefined, to: string | undefined): Promise<number> {
  if (!version || !to) {
    throw new WrongUsage("Specify a version and a folder");
  }
  const folder = await mkdtemp(join(tmpdir(), "mirror-"));
  try {
    const required_providers = { aws: { source: "hashicorp/aws", version } };
    await writeFile(join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers } }));
    const command = process.env.TERRAFORM_BINARY_NAME || "terraform";
    succeed(await run(command, ["providers", "mirror", resolve(to)], { cwd: folder, env: process.env }));
    console.log(`The AWS provider ${version} is in ${to}. Now: TF_PROVIDER_MIRROR=${resolve(to)} npm test`);
    return 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

void runCommand({ usage, allowPositionals: true }, (_values, [version, folder]) => mirror(version, folder));
