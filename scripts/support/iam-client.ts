import { IAMClient, type IAMClientConfig } from "@aws-sdk/client-iam";

/** A client of the AWS SDK, which would otherwise print a warning about Node 20 at each start. */
export function iamClient(config: IAMClientConfig): IAMClient {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  return new IAMClient(config);
}
