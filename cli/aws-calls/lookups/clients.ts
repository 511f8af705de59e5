import { cached } from "../cached";
import { readOnly, regionOf } from "../clients";

/** The clients, one per Region. A service's part of the AWS SDK is loaded only if it is needed. */
export function clientsOfTheUser() {
  return {
    ecr: cached(async (region) => {
      const { ECRClient } = await import("@aws-sdk/client-ecr");
      return readOnly("ecr", new ECRClient({ region }));
    }),
    logs: cached(async (region) => {
      const { CloudWatchLogsClient } = await import("@aws-sdk/client-cloudwatch-logs");
      return readOnly("logs", new CloudWatchLogsClient({ region }));
    }),
    secrets: cached(async (region) => {
      const { SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
      return readOnly("secretsmanager", new SecretsManagerClient({ region }));
    }),
    parameters: cached(async (region) => {
      const { SSMClient } = await import("@aws-sdk/client-ssm");
      return readOnly("ssm", new SSMClient({ region }));
    }),
    keys: cached(async (region) => {
      const { KMSClient } = await import("@aws-sdk/client-kms");
      return readOnly("kms", new KMSClient({ region }));
    }),
    /** The ARN of a bucket names no Region, so if none is configured, any Region in the partition works. */
    buckets: cached(async (anyRegion) => {
      const { S3Client } = await import("@aws-sdk/client-s3");
      const config = { followRegionRedirects: true };
      const configured = new S3Client(config);
      const hasRegion = (await regionOf(configured)) !== undefined;
      return readOnly("s3", hasRegion ? configured : new S3Client({ ...config, region: anyRegion }));
    }),
  };
}

export type Clients = ReturnType<typeof clientsOfTheUser>;

/** A Region of each partition in which S3 redirects to the Region of a bucket. */
const ANY_REGION: Readonly<Record<string, string>> = { "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1" };

/** @param arn the ARN of a bucket or a file. */
export const anyRegionFor = (arn: string) => ANY_REGION[arn.split(":")[1] ?? ""] ?? "us-east-1";
