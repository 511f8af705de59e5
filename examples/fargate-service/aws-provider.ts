import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";

export const REGION = process.env.AWS_REGION || "us-east-1";

/** Adds the AWS provider, version 5.x or 6.x. Without the override, the bindings pin one version. */
export function awsProvider(stack: TerraformStack): void {
  new AwsProvider(stack, "aws", { region: REGION });
  stack.addOverride("terraform.required_providers.aws.version", ">= 5.72.0, < 7.0.0");
}
