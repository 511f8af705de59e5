import { readdirSync, realpathSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Environment, run, start, succeed } from "../../scripts/tools/child-process";
import type { Terraform } from "../../scripts/tools/terraform/terraform";
import { type ProviderAddress, startLeanProvider } from "./lean-provider";

const ADDRESSES = ["registry.terraform.io/hashicorp/aws", "registry.opentofu.org/hashicorp/aws"];

/** The executable of the AWS provider that `terraform init` installs. */
export async function findAwsProvider(terraform: Terraform): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "aws-provider-"));
  const version = terraform.awsProviderVersion;
  const required_providers = { aws: { source: "hashicorp/aws", version } };
  await writeFile(join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers } }));
  const env = { ...process.env, ...terraform.environment };
  succeed(await run(terraform.command, ["init", "-input=false"], { cwd: folder, env }));
  const providers = join(folder, ".terraform", "providers");
  const [executable = ""] = readdirSync(providers, { recursive: true, encoding: "utf8" }).filter((file) =>
    /terraform-provider-aws[^/\\]*$/.test(file),
  );
  // Usually a link into the mirror or the plugin cache. If it is a copy, the folder must stay.
  const found = realpathSync(join(providers, executable));
  if (!found.startsWith(realpathSync(folder))) {
    await rm(folder, { recursive: true });
  }
  return found;
}

/**
 * Starts the AWS provider in debug mode. Terraform attaches to it instead of starting a provider for each command,
 * which saves most of a command's time: building the provider's schema.
 *
 * @returns the value of TF_REATTACH_PROVIDERS.
 */
export async function startAwsProvider(executable: string, environment: Environment): Promise<string> {
  const lean = await startLeanProvider(await startForDebugger(executable, environment));
  return JSON.stringify(Object.fromEntries(ADDRESSES.map((name) => [name, lean])));
}

async function startForDebugger(executable: string, environment: Environment): Promise<ProviderAddress> {
  const running = start(executable, ["-debug"], { env: { ...environment, TF_LOG_SDK: "off", TF_LOG_PROVIDER: "off" } });
  const attach = await new Promise<string>((resolve, reject) => {
    running.child.stdout?.on("data", () => {
      const [, found] = running.output().match(/TF_REATTACH_PROVIDERS='(.*)'/) ?? [];
      if (found) {
        resolve(found);
      }
    });
    running.finished.then(({ output }) => reject(new Error(`The AWS provider did not start:\n${output}`)), reject);
  });
  const [address] = Object.values(JSON.parse(attach) as Record<string, ProviderAddress>);
  return address as ProviderAddress;
}
