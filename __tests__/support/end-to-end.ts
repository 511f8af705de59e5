import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IAMClient } from "@aws-sdk/client-iam";
import { iamClient } from "../../cli/aws-calls/role";
import { stopProxies } from "../../scripts/tools/aws/aws-proxy";
import { type Environment, stopAll } from "../../scripts/tools/child-process";
import type { Terraform } from "../../scripts/tools/terraform/terraform";
import type { SharedTools } from "./shared-tools";

/** The real tools of one test file: Terraform, an empty emulated AWS and a temporary folder. */
export interface RealTools {
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

/** A `describe` for tests with real tools. It is skipped if `find-tools.ts` did not find all of them. */
export function endToEnd(name: string, define: (tools: RealTools) => void): void {
  const { skip } = describe;
  const group = process.env.END_TO_END_MISSING ? skip : describe;
  group(name, () => {
    const tools = {} as { -readonly [Part in keyof RealTools]: RealTools[Part] };
    beforeAll(async () => {
      const { awsUrl, awsEnvironment, reattach } = sharedTools();
      tools.terraform = TERRAFORM;
      tools.folder = await mkdtemp(join(tmpdir(), "end-to-end-"));
      tools.aws = { url: awsUrl };
      await emptyAws(tools);
      tools.environment = { ...awsEnvironment, ...tools.terraform.environment };
      tools.reattach = reattach;
      tools.iam = iamClientOf(awsUrl);
    });
    afterAll(async () => {
      await stopAll();
      await stopProxies();
      await rm(tools.folder, { recursive: true, force: true });
    });
    define(tools);
  });
}

/**
 * The real tools with a Terraform that starts its own provider for each command. For commands that reach AWS in a different
 * way than the running provider, and for two configurations of the provider.
 */
export function withOwnProvider(tools: RealTools): RealTools {
  return { ...tools, reattach: undefined };
}

/** Removes everything from the emulated AWS. */
export async function emptyAws({ aws }: Pick<RealTools, "aws">): Promise<void> {
  await fetch(`${aws.url}/moto-api/reset`, { method: "POST" });
}

/** An IAM client for an emulated AWS. */
export function iamClientOf(endpoint: string): IAMClient {
  const credentials = { accessKeyId: "emulated", secretAccessKey: "emulated" };
  return iamClient({ endpoint, region: "us-east-1", credentials });
}

function sharedTools(): SharedTools {
  const all = JSON.parse(process.env.END_TO_END_SHARED_TOOLS ?? "") as SharedTools[];
  return all[Number(process.env.JEST_WORKER_ID) - 1] as SharedTools;
}
