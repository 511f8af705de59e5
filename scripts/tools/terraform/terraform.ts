import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Environment, onPath, run } from "../child-process";
import { MissingTool } from "../missing-tool";
import { downloadTerraform } from "./download-terraform";
import { type ProviderSource, providerSources } from "./provider-sources";

/** The version constraint on the AWS provider, the same as in main.ts. */
export const AWS_PROVIDER_VERSIONS = ">= 5.72.0, < 7.0.0";

const HOW_TO_INSTALL = "install Terraform 1.5 or later (https://developer.hashicorp.com/terraform/install)";
const OR_NAME_ANOTHER = `${HOW_TO_INSTALL}, or set TERRAFORM_BINARY_NAME to another binary`;

export interface Terraform {
  readonly command: string;
  readonly product: "Terraform" | "OpenTofu";
  readonly version: string;
  readonly awsProviderVersion: string;
  /** Where `terraform init` gets the AWS provider from, as shown to the user. */
  readonly providersFrom: string;
  /** Environment variables for `terraform` and `cdktf`, in addition to the inherited ones. */
  readonly environment: Environment;
}

/**
 * Finds Terraform or OpenTofu, and a way for it to install the AWS provider: the user's own configuration
 * if it works, otherwise a provider mirror. If neither is installed, downloads Terraform into the project's
 * cache.
 *
 * @throws MissingTool if there is no Terraform, or no AWS provider for it.
 */
export async function findTerraform(): Promise<Terraform> {
  const command = await findCommand();
  const { product, version } = await identify(command);
  let refusal = "";
  for (const source of await providerSources()) {
    const environment = { ...source.environment, TERRAFORM_BINARY_NAME: command };
    const init = await tryInit(command, environment);
    if (init.awsProviderVersion) {
      const { awsProviderVersion } = init;
      return { command, product, version, awsProviderVersion, providersFrom: source.providersFrom, environment };
    }
    refusal = withoutOpenTofu(source, product) ?? (refusal || firstLine(init.output));
  }
  throw new MissingTool(
    `${product} cannot install the AWS provider ${AWS_PROVIDER_VERSIONS}: give it access to the public provider ` +
      `registry, or set TF_PROVIDER_MIRROR to a provider mirror (${refusal}).`,
  );
}

/** From cdktf's TERRAFORM_BINARY_NAME, otherwise from the PATH, otherwise downloaded. */
async function findCommand(): Promise<string> {
  const { TERRAFORM_BINARY_NAME: name } = process.env;
  if (name) {
    const command = existsSync(name) ? resolve(name) : onPath(name);
    if (!command) {
      throw new MissingTool(`There is no ${name} on the PATH: ${OR_NAME_ANOTHER}.`);
    }
    return command;
  }
  return onPath("terraform") ?? onPath("tofu") ?? downloadTerraform(OR_NAME_ANOTHER);
}

async function identify(command: string): Promise<Pick<Terraform, "product" | "version">> {
  const { code, output } = await run(command, ["version"], { env: { ...process.env, CHECKPOINT_DISABLE: "1" } });
  const [, product, version = ""] = output.match(/^(Terraform|OpenTofu) v(\S+)/m) ?? [];
  if (code !== 0 || !product) {
    throw new MissingTool(`${command} does not run (${firstLine(output)}): ${HOW_TO_INSTALL}.`);
  }
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < 1 || (major === 1 && minor < 5)) {
    throw new MissingTool(`${command} is version ${version}: ${HOW_TO_INSTALL}.`);
  }
  return { product: product as Terraform["product"], version };
}

/** OpenTofu installs the same provider, but from its own registry and from a folder with that name. */
const OPENTOFU_AWS = join("registry.opentofu.org", "hashicorp", "aws");

function withoutOpenTofu({ mirror }: ProviderSource, product: Terraform["product"]): string | undefined {
  if (product === "Terraform" || !mirror || existsSync(join(mirror, OPENTOFU_AWS))) {
    return undefined;
  }
  return (
    `OpenTofu looks for the provider in ${join(mirror, OPENTOFU_AWS)}: in ${mirror}, copy registry.terraform.io ` +
    "to registry.opentofu.org; a symbolic link is not enough"
  );
}

async function tryInit(command: string, environment: Environment) {
  const folder = await mkdtemp(join(tmpdir(), "terraform-init-"));
  try {
    const required = { aws: { source: "hashicorp/aws", version: AWS_PROVIDER_VERSIONS } };
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

/** Terraform's error, in one line. */
function firstLine(output: string): string {
  const text = output.replace(/[│╷╵]/g, "");
  return (text.match(/Error: .*/s)?.[0] ?? text).trim().replace(/\s+/g, " ").slice(0, 300);
}
