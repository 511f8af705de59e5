import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { run, succeed } from "../../scripts/tools/child-process";
import { MissingTool } from "../../scripts/tools/missing-tool";
import { PROJECT_ROOT } from "../../scripts/tools/project";
import { downloadTerraform } from "../../scripts/tools/terraform/download-terraform";
import { NO_NETWORK, withFetch } from "../support/faked-fetch";

const LIBRARY = join(PROJECT_ROOT, "scripts", "tools", "terraform", "terraform-download");

/** What HashiCorp publishes, in base64. Only HashiCorp can sign for HashiCorp's key, so it has a key of its own. */
interface Release {
  readonly archive: string;
  readonly checksums: string;
  readonly signature: string;
  readonly publicKey: string;
}

const ARCHITECTURE = { x64: "amd64", arm64: "arm64" }[process.arch as string];

const base64 = (data: string | Uint8Array) => Buffer.from(data).toString("base64");

async function makeRelease(executable: string): Promise<Release> {
  const archive = zipSync({ terraform: Buffer.from(executable) });
  const hash = createHash("sha256").update(archive).digest("hex");
  const checksums = `${hash}  terraform_1.15.9_${process.platform}_${ARCHITECTURE}.zip\n`;
  // With the library's own dependency, in the same version that verifies.
  const folder = await mkdtemp(join(tmpdir(), "openpgp-"));
  await cp(LIBRARY, folder, { recursive: true });
  succeed(await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder }));
  const sign = `
    const { createMessage, generateKey, sign } = require("openpgp");
    (async () => {
      const { privateKey: signingKeys } = await generateKey({ userIDs: [{ name: "test" }], format: "object" });
      const message = await createMessage({ binary: Buffer.from(${JSON.stringify(checksums)}) });
      const signature = await sign({ message, signingKeys, detached: true, format: "binary" });
      const publicKey = signingKeys.toPublic().armor();
      console.log(JSON.stringify({ publicKey, signature: Buffer.from(signature).toString("base64") }));
    })();`;
  const { stdout } = succeed(await run(process.execPath, ["-e", sign], { cwd: folder }));
  await rm(folder, { recursive: true });
  return { archive: base64(archive), checksums: base64(checksums), ...JSON.parse(stdout) };
}

/** NODE_OPTIONS with which the library downloads this release. */
function publishing({ archive, checksums, signature }: Release): string {
  const files = { zip: archive, SHA256SUMS: checksums, sig: signature };
  return withFetch(`
    const [, ending] = url.match(/(zip|SHA256SUMS|sig)$/);
    return new Response(Buffer.from(${JSON.stringify(files)}[ending], "base64"));`);
}

/** NODE_OPTIONS with which the library also reads the key of this release in place of HashiCorp's. */
function publishingWithKey(release: Release): string {
  const script = `
    import fs from "node:fs/promises";
    const { readFile } = fs;
    const key = ${JSON.stringify(release.publicKey)};
    fs.readFile = async (file, ...more) => (/hashicorp\\.asc$/.test(file) ? key : readFile(file, ...more));`;
  return `${publishing(release)} --import=data:text/javascript,${encodeURIComponent(script)}`;
}

describe("the download of Terraform", () => {
  const environment = { ...process.env };
  let cache: string;
  let release: Release;
  beforeAll(async () => {
    release = await makeRelease("#!/bin/sh\necho Terraform v1.15.9\n");
  });
  beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), "download-terraform-"));
  });
  afterEach(async () => {
    process.env = { ...environment };
    await rm(cache, { recursive: true });
  });

  test.each<[string, () => string, string]>([
    ["there is no network", () => NO_NETWORK, "getaddrinfo ENOTFOUND releases.hashicorp.com"],
    [
      "the file does not exist",
      () => withFetch(`return new Response("", { status: 404 })`),
      "download status was not okay (404)",
    ],
    ["the checksums are not signed by HashiCorp", () => publishing(release), "hashes not signed by hashicorp"],
    [
      "the archive has another checksum",
      () => publishingWithKey({ ...release, archive: base64("another archive") }),
      "downloaded archive hash did not match expected hash",
    ],
  ])("fails with one sentence and leaves no Terraform behind if %s", async (_, fetch, reason) => {
    process.env.NODE_OPTIONS = fetch();
    const downloaded = downloadTerraform("install it yourself", cache);
    await expect(downloaded).rejects.toThrow(MissingTool);
    await expect(downloaded).rejects.toThrow(
      `There is no terraform on the PATH, and Terraform 1.15.9 could not be downloaded (${reason}): install it yourself.`,
    );
    expect((await readdir(cache, { recursive: true })).filter((file) => /terraform-v/.test(file))).toEqual([]);
  });

  test("verifies the archive and installs its executable into the cache", async () => {
    process.env.NODE_OPTIONS = publishingWithKey(release);
    const terraform = await downloadTerraform("install it yourself", cache);
    expect(terraform).toBe(join(cache, "@jahed", "terraform", "terraform-v1.15.9"));
    expect(succeed(await run(terraform, ["version"])).output).toBe("Terraform v1.15.9\n");
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
