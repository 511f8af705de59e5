import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findMirrors } from "../../scripts/parts/terraform/provider-sources";

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
