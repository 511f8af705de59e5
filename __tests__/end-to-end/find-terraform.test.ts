import { join } from "node:path";
import { MissingPart } from "../../scripts/support/missing-part";
import { findTerraform } from "../../scripts/support/terraform";
import { endToEnd } from "./end-to-end";

endToEnd("Terraform and its AWS provider", (parts) => {
  const environment = { ...process.env };
  afterEach(() => {
    process.env = { ...environment };
  });

  test("come by the user's own configuration where that works", async () => {
    Object.assign(process.env, parts.terraform.environment);
    const found = await findTerraform();
    expect(found.providersFrom).toBe("your Terraform configuration");
    expect(found.awsProviderVersion).toBe(parts.terraform.awsProviderVersion);
  });

  test("do not need the file that TF_CLI_CONFIG_FILE names", async () => {
    process.env.TF_CLI_CONFIG_FILE = join(parts.folder, "does-not-exist");
    expect((await findTerraform()).awsProviderVersion).toBe(parts.terraform.awsProviderVersion);
  });

  test("come by no other way than the mirror that TF_PROVIDER_MIRROR names", async () => {
    process.env.TF_PROVIDER_MIRROR = parts.folder;
    const refused = findTerraform();
    await expect(refused).rejects.toThrow(MissingPart);
    await expect(refused).rejects.toThrow("name a provider mirror in TF_PROVIDER_MIRROR");
  });

  test("are looked for under the name that TERRAFORM_BINARY_NAME gives", async () => {
    process.env.TERRAFORM_BINARY_NAME = "no-such-tofu";
    await expect(findTerraform()).rejects.toThrow("There is no no-such-tofu on the PATH");
  });
});
