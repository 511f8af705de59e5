import { type EmulatedAws, startEmulatedAws } from "../../scripts/tools/aws/emulated-aws";
import { type Environment, stopAll } from "../../scripts/tools/child-process";
import type { Terraform } from "../../scripts/tools/terraform/terraform";
import { findAwsProvider, startAwsProvider } from "./aws-provider";

/** The tools that all test files of a Jest worker share. */
export interface SharedTools {
  readonly awsUrl: string;
  /** The environment of every command that must reach the emulated AWS. */
  readonly awsEnvironment: Environment;
  /** The value of TF_REATTACH_PROVIDERS. */
  readonly reattach: string;
}

const emulators: EmulatedAws[] = [];

export async function startSharedTools(terraform: Terraform, python: string, workers: number): Promise<SharedTools[]> {
  const executable = findAwsProvider(terraform);
  return Promise.all(
    Array.from({ length: workers }, async () => {
      const aws = await startEmulatedAws(python);
      emulators.push(aws);
      const reattach = await startAwsProvider(await executable, aws.environment);
      return { awsUrl: aws.url, awsEnvironment: aws.environment, reattach };
    }),
  );
}

/** @throws Error if a request reached the emulated AWS twice, which can make a correct test fail. */
export async function endSharedTools(): Promise<void> {
  await Promise.all(emulators.map((aws) => aws.stop()));
  await stopAll();
  for (const fault of emulators.flatMap((aws) => aws.faults())) {
    console.error(`The emulated AWS failed, which may have failed a test:\n${fault}`);
  }
  const repeated = emulators.flatMap((aws) => aws.repeated());
  if (repeated.length > 0) {
    throw new Error(`Requests reached the emulated AWS twice, which may have failed a test:\n${repeated.join("\n")}`);
  }
}
