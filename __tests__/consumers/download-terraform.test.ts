import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, succeed } from "../../scripts/parts/child-process";
import { MissingPart } from "../../scripts/parts/missing-part";
import { PROJECT_ROOT } from "../../scripts/parts/project";
import { downloadTerraform } from "../../scripts/parts/terraform/download-terraform";
import { NO_NETWORK, withFetch } from "../support/faked-fetch";

/** Responses with a checksum file and a signature that is valid, but not HashiCorp's. */
async function signedByAStranger(): Promise<string> {
  const checksums = "0000  terraform_1.15.9_linux_amd64.zip\n";
  // With the library's own dependency, in the same version that verifies.
  const folder = await mkdtemp(join(tmpdir(), "openpgp-"));
  await cp(LIBRARY, folder, { recursive: true });
  succeed(await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder }));
  const sign = `
    const { createMessage, generateKey, sign } = require("openpgp");
    (async () => {
      const { privateKey: signingKeys } = await generateKey({ userIDs: [{ name: "stranger" }], format: "object" });
      const message = await createMessage({ binary: Buffer.from(${JSON.stringify(checksums)}) });
      const signature = await sign({ message, signingKeys, detached: true, format: "binary" });
      console.log(Buffer.from(signature).toString("base64"));
    })();`;
  const { stdout } = succeed(await run(process.execPath, ["-e", sign], { cwd: folder }));
  await rm(folder, { recursive: true });
  return withFetch(`
    const signature = ${JSON.stringify(stdout.trim())};
    return new Response(url.endsWith(".sig") ? Buffer.from(signature, "base64") : ${JSON.stringify(checksums)});`);
}

const LIBRARY = join(PROJECT_ROOT, "scripts", "parts", "terraform", "terraform-download");

describe("the download of Terraform", () => {
  const environment = { ...process.env };
  let cache: string;
  beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), "download-terraform-"));
  });
  afterEach(async () => {
    process.env = { ...environment };
    await rm(cache, { recursive: true });
  });

  test.each<[string, () => string | Promise<string>, string]>([
    ["there is no network", () => NO_NETWORK, "getaddrinfo ENOTFOUND releases.hashicorp.com"],
    [
      "the file does not exist",
      () => withFetch(`return new Response("", { status: 404 })`),
      "download status was not okay (404)",
    ],
    ["the checksums are not signed by HashiCorp", signedByAStranger, "hashes not signed by hashicorp"],
  ])("fails with one sentence and leaves no Terraform behind if %s", async (_, fetch, reason) => {
    process.env.NODE_OPTIONS = await fetch();
    const downloaded = downloadTerraform("install it yourself", cache);
    await expect(downloaded).rejects.toThrow(MissingPart);
    await expect(downloaded).rejects.toThrow(
      `There is no terraform on the PATH, and Terraform 1.15.9 could not be downloaded (${reason}): install it yourself.`,
    );
    expect((await readdir(cache, { recursive: true })).filter((file) => /terraform-v/.test(file))).toEqual([]);
  });

  test("is skipped if there is an executable Terraform in the cache", async () => {
    process.env.NODE_OPTIONS = NO_NETWORK;
    const folder = join(cache, "@jahed", "terraform");
    await mkdir(folder, { recursive: true });
    const terraform = join(folder, "terraform-v1.15.9");
    await writeFile(terraform, "", { mode: 0o755 });
    expect(await downloadTerraform("install it yourself", cache)).toBe(terraform);
    await rm(terraform);
    await writeFile(terraform, "half of it", { mode: 0o644 });
    await expect(downloadTerraform("install it yourself", cache)).rejects.toThrow("could not be downloaded");
  });
});
