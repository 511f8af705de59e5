import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findMirrors, providerSources } from "../../scripts/tools/terraform/provider-sources";

describe("findMirrors", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "mirrors-"));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test("finds the AWS provider in a root folder and one level below, but not deeper", () => {
    for (const folder of [".", "plugins", "deep/er"]) {
      mkdirSync(join(root, folder, "registry.terraform.io", "hashicorp", "aws"), { recursive: true });
    }
    mkdirSync(join(root, "other", "registry.terraform.io", "hashicorp", "google"), { recursive: true });
    expect(findMirrors([root, join(root, "missing")])).toEqual([root, join(root, "plugins")]);
  });
});

test("the configuration for a mirror is complete at any time, also while another process writes it", async () => {
  const mirror = mkdtempSync(join(tmpdir(), "mirror-"));
  process.env.TF_PROVIDER_MIRROR = mirror;
  const [source] = await providerSources();
  const file = source?.environment.TF_CLI_CONFIG_FILE ?? "";
  const read = async () => (await readFile(file, "utf8")).trimEnd().endsWith("}");
  for (let at = 0; at < 100; at++) {
    const [, ...complete] = await Promise.all([providerSources(), read(), read(), read()]);
    expect(complete).toEqual([true, true, true]);
  }
  rmSync(file);
  rmSync(mirror, { recursive: true });
  delete process.env.TF_PROVIDER_MIRROR;
});
