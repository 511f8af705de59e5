import type { EmulatedAws } from "../parts/aws/emulated-aws";
import type { Environment } from "../parts/child-process";

/** Whether the demo waits for Ctrl-C, which then counts as success. */
export interface Kept {
  waits: boolean;
}

/** Prints how to explore the emulated AWS, and waits for Ctrl-C. */
export async function keepUntilStopped(kept: Kept, aws: EmulatedAws, role: string, json: string): Promise<void> {
  // Version 1 of the AWS CLI reads only AWS_DEFAULT_REGION.
  const settings: Environment = { ...aws.environment, AWS_DEFAULT_REGION: aws.environment.AWS_REGION };
  const exports = SETTINGS.map((name) => `  export ${name}=${settings[name]}`).join("\n");
  console.log(`
Both roles are in place. To look around, in another terminal:
  unset AWS_PROFILE AWS_SESSION_TOKEN
${exports}
  npm run verify -- ${role}
  aws iam list-attached-role-policies --role-name ${role}
The Terraform JSON: ${json}
Ctrl-C stops the emulated AWS and removes everything.`);
  kept.waits = true;
  await new Promise(() => setInterval(() => undefined, 60_000));
}

const SETTINGS = ["AWS_ENDPOINT_URL", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
