import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TERRAFORM_MODULE_FOLDER } from "./package/terraform-module";
import { run, succeed } from "./support/child-process";
import { AWS_PROVIDER_VERSIONS, findTerraform } from "./support/terraform";

/** A configuration that uses every kind of resource in the module. */
const configuration = (version: string) => ({
  terraform: { required_providers: { aws: { source: "hashicorp/aws", version } } },
  module: {
    four_policies: { source: "./role" },
    least_privilege: {
      source: "./role",
      exclusive: true,
      access: { guard_duty_agent: true },
      trust: { source_accounts: ["111122223333"] },
    },
  },
});

async function validate(version: string): Promise<void> {
  const terraform = await findTerraform(version);
  console.log(`The module with ${terraform.command} ${terraform.version} and the AWS provider ${version} ...`);
  const folder = await mkdtemp(join(tmpdir(), "validate-"));
  try {
    await cp(TERRAFORM_MODULE_FOLDER, join(folder, "role"), { recursive: true });
    await writeFile(join(folder, "main.tf.json"), JSON.stringify(configuration(version)));
    for (const args of [["init", "-input=false"], ["validate"]]) {
      const options = { cwd: folder, env: { ...process.env, ...terraform.environment } };
      succeed(await run(terraform.command, [...args, "-no-color"], options));
    }
    console.log(`is valid (AWS provider ${terraform.awsProviderVersion}).`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

validate(process.argv[2] ?? AWS_PROVIDER_VERSIONS).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
