import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IAMClient } from "@aws-sdk/client-iam";
import { stopProxies } from "../../scripts/support/aws-proxy";
import { type Environment, stopAll } from "../../scripts/support/child-process";
import { type EmulatedAws, startEmulatedAws } from "../../scripts/support/emulated-aws";
import { iamClient } from "../../scripts/support/iam-client";
import type { Terraform } from "../../scripts/support/terraform";

/** The real parts of one test file: a Terraform, an AWS of its own, a folder of its own. */
export interface RealParts {
  readonly terraform: Terraform;
  readonly aws: EmulatedAws;
  readonly iam: IAMClient;
  readonly folder: string;
  /** For every command that must reach the emulated AWS. */
  readonly environment: Environment;
}

/** A `describe` for tests on real parts; skipped where `find-real-parts.ts` missed one. */
export function endToEnd(name: string, define: (parts: RealParts) => void): void {
  const { skip } = describe;
  const group = process.env.END_TO_END_MISSING ? skip : describe;
  group(name, () => {
    const parts = {} as { -readonly [Part in keyof RealParts]: RealParts[Part] };
    beforeAll(async () => {
      parts.terraform = JSON.parse(process.env.END_TO_END_TERRAFORM ?? "") as Terraform;
      parts.folder = await mkdtemp(join(tmpdir(), "end-to-end-"));
      parts.aws = await startEmulatedAws();
      // Go collects garbage less often: Terraform and its provider build large schemas for each command.
      parts.environment = { ...parts.aws.environment, ...parts.terraform.environment, GOGC: "400" };
      parts.iam = iamClient({
        endpoint: parts.aws.url,
        region: "us-east-1",
        credentials: { accessKeyId: "emulated", secretAccessKey: "emulated" },
      });
    });
    afterAll(async () => {
      for (const fault of parts.aws?.faults() ?? []) {
        console.error(`The emulated AWS failed, which may have failed a test:\n${fault}`);
      }
      await stopAll();
      await stopProxies();
      await parts.aws?.stop();
      await rm(parts.folder, { recursive: true, force: true });
      const repeated = parts.aws?.repeated() ?? [];
      if (repeated.length > 0) {
        throw new Error(`The emulated AWS got requests twice, which may have failed a test:\n${repeated.join("\n")}`);
      }
    });
    define(parts);
  });
}
