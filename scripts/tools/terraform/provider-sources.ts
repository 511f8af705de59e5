import { existsSync, readdirSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { Environment } from "../child-process";
import { CACHE_FOLDER } from "../project";

/** A source from which `terraform init` can install the AWS provider. */
export interface ProviderSource {
  /** As shown to the user. */
  readonly providersFrom: string;
  /** The folder of the provider mirror; undefined for the user's own configuration. */
  readonly mirror?: string;
  /** Environment variables for `terraform`, in addition to the inherited ones. */
  readonly environment: Environment;
}

/** The mirror in TF_PROVIDER_MIRROR; otherwise the user's own configuration, then the mirrors in the usual places. */
export async function providerSources(): Promise<ProviderSource[]> {
  const named = process.env.TF_PROVIDER_MIRROR;
  if (named) {
    return [await mirrorSource(resolve(named))];
  }
  const mirrors = findMirrors();
  return [await ownConfiguration(), ...(await Promise.all(mirrors.map(mirrorSource)))];
}

/** The user's configuration, with a plugin cache, so that the provider is downloaded once. */
async function ownConfiguration(): Promise<ProviderSource> {
  const pluginCache = join(CACHE_FOLDER, "terraform-plugins");
  await mkdir(pluginCache, { recursive: true });
  return {
    providersFrom: "your Terraform configuration",
    environment: {
      CHECKPOINT_DISABLE: "1",
      TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "true",
      TF_PLUGIN_CACHE_DIR: process.env.TF_PLUGIN_CACHE_DIR || pluginCache,
    },
  };
}

async function mirrorSource(mirror: string): Promise<ProviderSource> {
  await mkdir(CACHE_FOLDER, { recursive: true });
  const configuration = join(CACHE_FOLDER, `mirror-${mirror.replace(/\W+/g, "-")}.tfrc`);
  // In one step, because another process can be reading the file.
  const written = `${configuration}.${process.pid}`;
  await writeFile(
    written,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
  );
  await rename(written, configuration);
  return {
    providersFrom: `the provider mirror ${mirror}`,
    mirror,
    environment: { CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: configuration },
  };
}

const USUAL_INSTALL_ROOTS = [
  "/opt",
  "/usr/share/terraform",
  "/usr/local/share/terraform",
  join(homedir(), ".terraform.d"),
  join(homedir(), ".local", "share", "terraform"),
  ...(process.env.APPDATA ? [join(process.env.APPDATA, "terraform.d")] : []),
];

/** Folders in the usual install roots, or one level below, with a `registry.terraform.io` that has the AWS provider. */
export function findMirrors(roots: readonly string[] = USUAL_INSTALL_ROOTS): string[] {
  return roots
    .filter((root) => existsSync(root))
    .flatMap((root) => [root, ...readdirSync(root).map((name) => join(root, name))])
    .filter((folder) => existsSync(join(folder, "registry.terraform.io", "hashicorp", "aws")));
}
