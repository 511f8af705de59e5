import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { succeed } from "../../scripts/tools/child-process";
import { MissingTool } from "../../scripts/tools/missing-tool";
import { findTerraform } from "../../scripts/tools/terraform/terraform";
import { endToEnd, withOwnProvider } from "../support/end-to-end";
import { Workspace } from "../support/workspace";

endToEnd("Terraform and its AWS provider", (tools) => {
  const environment = { ...process.env };
  afterEach(() => {
    process.env = { ...environment };
  });

  test("are found through the user's own configuration if it works", async () => {
    delete process.env.TF_PROVIDER_MIRROR;
    Object.assign(process.env, tools.terraform.environment);
    const found = await findTerraform();
    expect(found.providersFrom).toBe("your Terraform configuration");
    expect(found.awsProviderVersion).toBe(tools.terraform.awsProviderVersion);
  });

  test("are found even if the file in TF_CLI_CONFIG_FILE does not exist", async () => {
    process.env.TF_CLI_CONFIG_FILE = join(tools.folder, "does-not-exist");
    expect((await findTerraform()).awsProviderVersion).toBe(tools.terraform.awsProviderVersion);
  });

  test("are found through the mirror in TF_PROVIDER_MIRROR", async () => {
    // The folder that `terraform init` creates has the layout of a mirror.
    const workspace = new Workspace(withOwnProvider(tools), "mirror");
    workspace.synthesize(() => undefined);
    succeed(await workspace.terraform("init", "-input=false"));
    process.env.TF_PROVIDER_MIRROR = join(workspace.folder, ".terraform", "providers");
    expect((await findTerraform()).providersFrom).toBe(`the provider mirror ${process.env.TF_PROVIDER_MIRROR}`);
  });

  test("are only searched for in TF_PROVIDER_MIRROR if it is set", async () => {
    process.env.TF_PROVIDER_MIRROR = tools.folder;
    const refused = findTerraform();
    await expect(refused).rejects.toThrow(MissingTool);
    await expect(refused).rejects.toThrow("set TF_PROVIDER_MIRROR to a provider mirror");
  });

  test("are found through TERRAFORM_BINARY_NAME", async () => {
    process.env.TERRAFORM_BINARY_NAME = "no-such-tofu";
    await expect(findTerraform()).rejects.toThrow("There is no no-such-tofu on the PATH");
    process.env.TERRAFORM_BINARY_NAME = tools.terraform.command;
    expect((await findTerraform()).command).toBe(tools.terraform.command);
  });

  const standIn = async (script: string) => {
    const command = join(tools.folder, "terraform-stand-in");
    await writeFile(command, `#!/bin/sh\n${script}\n`);
    await chmod(command, 0o755);
    process.env.TERRAFORM_BINARY_NAME = command;
  };

  test.each([
    ["does not run", "echo broken; exit 1", "does not run (broken): install Terraform 1.5 or later"],
    ["is too old", "echo Terraform v1.4.7", "is version 1.4.7: install Terraform 1.5 or later"],
  ])("are reported as missing if Terraform %s", async (_, script, message) => {
    await standIn(script);
    const refused = findTerraform();
    await expect(refused).rejects.toThrow(MissingTool);
    await expect(refused).rejects.toThrow(message);
  });

  test("are reported as missing, with the expected folder, if the mirror has none for OpenTofu", async () => {
    await standIn('[ "$1" = version ] && echo OpenTofu v1.12.6 && exit; echo "Error: no package"; exit 1');
    const mirror = join(tools.folder, "mirror-of-terraform");
    await mkdir(join(mirror, "registry.terraform.io", "hashicorp", "aws"), { recursive: true });
    process.env.TF_PROVIDER_MIRROR = mirror;
    const folder = join(mirror, "registry.opentofu.org", "hashicorp", "aws");
    const refused = findTerraform();
    await expect(refused).rejects.toThrow("OpenTofu cannot install the AWS provider");
    await expect(refused).rejects.toThrow(`OpenTofu looks for the provider in ${folder}: in ${mirror}, copy`);
  });
});
