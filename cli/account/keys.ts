import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { DescribeSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type ParameterMetadata, paginateDescribeParameters, SSMClient } from "@aws-sdk/client-ssm";
import { cached } from "./cached";
import { readOnly } from "./clients";
import type { Keys, Stored } from "./stored";

/** Asks in the Region of the ARN. */
export function keysOfTheUser(): Keys {
  const clients = cached(async (region) => ({
    secrets: readOnly("secretsmanager", new SecretsManagerClient({ region })),
    parameters: readOnly("ssm", new SSMClient({ region })),
    keys: readOnly("kms", new KMSClient({ region })),
  }));
  const customerKey = cached(async (regionAndKey) => {
    const [region = "", ...key] = regionAndKey.split(" ");
    const { KeyMetadata } = await (await clients(region)).keys.send(new DescribeKeyCommand({ KeyId: key.join(" ") }));
    const { KeyManager, Arn, KeyState } = KeyMetadata ?? {};
    const isUsable = KeyState === undefined || KeyState === "Enabled";
    return KeyManager === "CUSTOMER" && Arn ? { keyArn: Arn, ...(!isUsable && { keyState: KeyState }) } : {};
  });
  return cached(async (arn) => {
    const [, , service, region = ""] = arn.split(":");
    try {
      const { secrets, parameters } = await clients(region);
      const found = await (service === "secretsmanager"
        ? describeSecret(secrets, arn)
        : describeParameter(parameters, arn));
      const { key, ...stored } = found;
      return { ...stored, ...(key !== undefined && !MANAGED.test(key) && (await customerKey(`${region} ${key}`))) };
    } catch (error) {
      return whyUnknown(error as Error & { action?: string }, arn);
    }
  });
}

const MANAGED = /^(arn:[^:]+:kms:[^:]*:[^:]*:)?alias\/aws\//;

type StoredWithKeyId = Stored & { readonly key?: string };

async function describeSecret(client: SecretsManagerClient, arn: string): Promise<StoredWithKeyId> {
  const SecretId = arn.replace(/-\?{6}$/, "");
  const { ARN, KmsKeyId, DeletedDate } = await client.send(new DescribeSecretCommand({ SecretId }));
  return { exists: DeletedDate === undefined, ...(ARN && { arn: ARN }), ...(KmsKeyId && { key: KmsKeyId }) };
}

/** The ARN of `flags` is that of `/flags`. */
async function describeParameter(client: SSMClient, arn: string): Promise<StoredWithKeyId> {
  const [, name = ""] = arn.match(/:parameter\/(.*)$/) ?? [];
  const ParameterFilters = [{ Key: "Name", Option: "Equals", Values: [name, `/${name}`] }];
  const found: ParameterMetadata[] = [];
  // A page can be empty although the next one is not.
  for await (const { Parameters = [] } of paginateDescribeParameters({ client }, { ParameterFilters })) {
    found.push(...Parameters);
  }
  const [parameter] = found;
  const key = parameter?.Type === "SecureString" ? parameter.KeyId : undefined;
  return { exists: parameter !== undefined, ...(key && { key }) };
}

/** A missing resource is an answer. If access is denied, the key is unknown. */
function whyUnknown(error: Error & { action?: string }, arn: string): Stored {
  if (/^ResourceNotFound/.test(error.name)) {
    return { exists: false };
  }
  if (/AccessDenied|Unauthorized|NotFound|InvalidArn|Disabled/.test(error.name)) {
    return { exists: true, unknown: `the KMS key of ${arn} is unknown (${error.action}: ${error.name})` };
  }
  throw error;
}
