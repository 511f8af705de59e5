import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IAMClient } from "@aws-sdk/client-iam";
import { iamClient } from "../../cli/aws-calls/role";
import { stopProxies } from "../../scripts/tools/aws/aws-proxy";
import { type Environment, stopAll } from "../../scripts/tools/child-process";
import type { Terraform } from "../../scripts/tools/terraform/terraform";
import type { SharedParts } from "./shared-parts";

/** The real parts of one test file: Terraform, an empty emulated AWS and a temporary folder. */
export interface RealParts {
  readonly terraform: Terraform;
  readonly aws: { readonly url: string };
  readonly iam: IAMClient;
  readonly folder: string;
  /** The environment of every command that must reach the emulated AWS. */
  readonly environment: Environment;
  /** Attaches Terraform to the running provider. If undefined, Terraform starts its own. */
  readonly reattach?: string;
}

/** The Terraform that the tests run. */
const TERRAFORM = JSON.parse(process.env.END_TO_END_TERRAFORM ?? "null") as Terraform;

/** Whether the tests run Terraform 1.5, the oldest that is supported. */
export const IS_OLDEST = /^1\.5\./.test(TERRAFORM?.version);

/** A `describe` for tests with real parts. It is skipped if `find-real-parts.ts` did not find all of them. */
export function endToEnd(name: string, define: (parts: RealParts) => void): void {
  const { skip } = describe;
  const group = process.env.END_TO_END_MISSING ? skip : describe;
  group(name, () => {
    const parts = {} as { -readonly [Part in keyof RealParts]: RealParts[Part] };
    beforeAll(async () => {
      const { awsUrl, awsEnvironment, reattach } = sharedParts();
      parts.terraform = TERRAFORM;
      parts.folder = await mkdtemp(join(tmpdir(), "end-to-end-"));
      parts.aws = { url: awsUrl };
      await emptyAws(parts);
      parts.environment = { ...awsEnvironment, ...parts.terraform.environment };
      parts.reattach = reattach;
      parts.iam = iamClientOf(awsUrl);
    });
    afterAll(async () => {
      await stopAll();
      await stopProxies();
      await rm(parts.folder, { recursive: true, force: true });
    });
    define(parts);
  });
}

/**
 * The real parts with a Terraform that starts its own provider for each command. For commands that reach AWS in a different
 * way than the running provider, and for two configurations of the provider.
 */
export function withOwnProvider(parts: RealParts): RealParts {
  return { ...parts, reattach: undefined };
}

/** Removes everything from the emulated AWS. */
export async function emptyAws({ aws }: Pick<RealParts, "aws">): Promise<void> {
  await fetch(`${aws.url}/moto-api/reset`, { method: "POST" });
}

/** An IAM client for an emulated AWS. */
export function iamClientOf(endpoint: string): IAMClient {
  const credentials = { accessKeyId: "emulated", secretAccessKey: "emulated" };
  return iamClient({ endpoint, region: "us-east-1", credentials });
}

function sharedParts(): SharedParts {
  const all = JSON.parse(process.env.END_TO_END_SHARED_PARTS ?? "") as SharedParts[];
  return all[Number(process.env.JEST_WORKER_ID) - 1] as SharedParts;
}
