import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { run, succeed } from "./parts/child-process";

/**
 * Mirrors one version of the AWS provider, so that all tests can run with it (TF_PROVIDER_MIRROR).
 */
async function mirror(version: string | undefined, to: string | undefined): Promise<void> {
  if (!version || !to) {
    throw new Error('Specify a version and a folder, for example npm run mirror -- "~> 5.100.0" .cache/mirror');
  }
  const folder = await mkdtemp(join(tmpdir(), "mirror-"));
  try {
    const required_providers = { aws: { source: "hashicorp/aws", version } };
    await writeFile(join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers } }));
    const command = process.env.TERRAFORM_BINARY_NAME || "terraform";
    succeed(await run(command, ["providers", "mirror", resolve(to)], { cwd: folder, env: process.env }));
    console.log(`The AWS provider ${version} is in ${to}. Now: TF_PROVIDER_MIRROR=${resolve(to)} npm test`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

mirror(process.argv[2], process.argv[3]).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
