import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { type Environment, onPath, run } from "./child-process";
import { MissingPart } from "./missing-part";
import { CACHE_FOLDER } from "./project";

/** What the stack asks of the AWS provider; main.ts says the same. */
export const AWS_PROVIDER_VERSIONS = ">= 5.72.0, < 7.0.0";

const HOW_TO_INSTALL = "install Terraform 1.5 or later (https://developer.hashicorp.com/terraform/install)";

export interface Terraform {
  readonly command: string;
  readonly version: string;
  readonly awsProviderVersion: string;
  /** Where `terraform init` gets the AWS provider from, for people. */
  readonly providersFrom: string;
  /** What `terraform` needs in its environment, besides what it inherits. */
  readonly environment: Environment;
}

/**
 * Finds Terraform (or OpenTofu, by cdktf's own TERRAFORM_BINARY_NAME) and a way for it to install
 * the AWS provider: the user's own configuration where that works, else a provider mirror.
 *
 * @param awsProvider which versions of the AWS provider will do.
 * @throws MissingPart if there is no Terraform, or no AWS provider for it.
 */
export async function findTerraform(awsProvider = AWS_PROVIDER_VERSIONS): Promise<Terraform> {
  const name = process.env.TERRAFORM_BINARY_NAME || "terraform";
  const command = existsSync(name) ? name : onPath(name);
  if (!command) {
    throw new MissingPart(
      `There is no ${name} on the PATH: ${HOW_TO_INSTALL}, or name another in TERRAFORM_BINARY_NAME.`,
    );
  }
  const { code, stdout, output } = await run(command, ["version", "-json"], {
    env: { ...process.env, CHECKPOINT_DISABLE: "1" },
  });
  if (code !== 0) {
    throw new MissingPart(`${command} does not run: ${firstLine(output)}. Mend it, or ${HOW_TO_INSTALL}.`);
  }
  const version = (JSON.parse(stdout) as { terraform_version: string }).terraform_version;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < 1 || (major === 1 && minor < 5)) {
    throw new MissingPart(`${command} is version ${version}: ${HOW_TO_INSTALL}.`);
  }

  let refusal = "";
  for (const { providersFrom, environment } of await providerSources()) {
    const init = await tryInit(command, environment, awsProvider);
    if (init.awsProviderVersion) {
      return { command, version, awsProviderVersion: init.awsProviderVersion, providersFrom, environment };
    }
    refusal ||= init.output;
  }
  throw new MissingPart(
    `Terraform cannot install the AWS provider ${awsProvider}: give it access to the public provider ` +
      `registry, or name a provider mirror in TF_PROVIDER_MIRROR (${firstLine(refusal)}).`,
  );
}

type ProviderSource = Pick<Terraform, "providersFrom" | "environment">;

async function providerSources(): Promise<ProviderSource[]> {
  const named = process.env.TF_PROVIDER_MIRROR;
  if (named) {
    return [await mirrorSource(named)];
  }
  const mirrors = findMirrors();
  return [await ownConfiguration(), ...(await Promise.all(mirrors.map(mirrorSource)))];
}

/** The user's configuration, with a plugin cache if it has none, so that the provider is downloaded once. */
async function ownConfiguration(): Promise<ProviderSource> {
  const pluginCache = join(CACHE_FOLDER, "terraform-plugins");
  await mkdir(pluginCache, { recursive: true });
  return {
    providersFrom: "your Terraform configuration",
    environment: {
      CHECKPOINT_DISABLE: "1",
      TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "true",
      ...(hasPluginCache() ? {} : { TF_PLUGIN_CACHE_DIR: pluginCache }),
    },
  };
}

function hasPluginCache(): boolean {
  const configurations = [
    process.env.TF_CLI_CONFIG_FILE,
    join(homedir(), ".terraformrc"),
    process.env.APPDATA && join(process.env.APPDATA, "terraform.rc"),
  ];
  return (
    Boolean(process.env.TF_PLUGIN_CACHE_DIR) ||
    configurations.some((file) => file && existsSync(file) && /^\s*plugin_cache_dir/m.test(readFileSync(file, "utf8")))
  );
}

async function mirrorSource(mirror: string): Promise<ProviderSource> {
  await mkdir(CACHE_FOLDER, { recursive: true });
  const configuration = join(CACHE_FOLDER, `mirror-${mirror.replace(/\W+/g, "-")}.tfrc`);
  await writeFile(
    configuration,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
  );
  return {
    providersFrom: `the provider mirror ${mirror}`,
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

/** Folders in the usual install roots, or one level below, that hold a `registry.terraform.io` with the AWS provider. */
export function findMirrors(roots: readonly string[] = USUAL_INSTALL_ROOTS): string[] {
  return roots
    .filter((root) => existsSync(root))
    .flatMap((root) => [root, ...readdirSync(root).map((name) => join(root, name))])
    .filter((folder) => existsSync(join(folder, "registry.terraform.io", "hashicorp", "aws")));
}

async function tryInit(command: string, environment: Environment, version: string) {
  const folder = await mkdtemp(join(tmpdir(), "terraform-init-"));
  try {
    const required = { aws: { source: "hashicorp/aws", version } };
    await writeFile(join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers: required } }));
    const { TF_DATA_DIR, TF_WORKSPACE, ...inherited } = process.env;
    const { output } = await run(command, ["init", "-input=false", "-no-color"], {
      cwd: folder,
      env: { ...inherited, ...environment },
    });
    return { output, awsProviderVersion: output.match(/hashicorp\/aws v(\d+\.\d+\.\d+)/)?.[1] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What Terraform complains about, in one line. */
function firstLine(output: string): string {
  const text = output.replace(/[│╷╵]/g, "");
  return (text.match(/Error: .*/s)?.[0] ?? text).trim().replace(/\s+/g, " ").slice(0, 300);
}
