import { cached } from "../cached";
import { itemsOf } from "../pages";
import type { Keys, Stored } from "../stored";
import { type Clients, clientsOfTheUser } from "./clients";

/** Asks in the Region of the ARN. */
export function keysOfTheUser(): Keys {
  const clients = clientsOfTheUser();
  const customerKey = cached(async (regionAndKey) => {
    const [region = "", ...key] = regionAndKey.split(" ");
    const { DescribeKeyCommand } = await import("@aws-sdk/client-kms");
    const command = new DescribeKeyCommand({ KeyId: key.join(" ") });
    const { KeyMetadata } = await (await clients.keys(region)).send(command);
    const { KeyManager, Arn, KeyState } = KeyMetadata ?? {};
    const isUsable = KeyState === undefined || KeyState === "Enabled";
    return KeyManager === "CUSTOMER" && Arn ? { keyArn: Arn, ...(!isUsable && { keyState: KeyState }) } : {};
  });
  return cached(async (arn) => {
    const [, , service, region = ""] = arn.split(":");
    const describe = service === "secretsmanager" ? describeSecret : describeParameter;
    try {
      const { key, ...stored } = await describe(clients, region, arn);
      return { ...stored, ...(key !== undefined && !MANAGED.test(key) && (await customerKey(`${region} ${key}`))) };
    } catch (error) {
      return whyUnknown(error as Error & { action?: string }, arn);
    }
  });
}

const MANAGED = /^(arn:[^:]+:kms:[^:]*:[^:]*:)?alias\/aws\//;

type StoredWithKeyId = Stored & { readonly key?: string };

async function describeSecret({ secrets }: Clients, region: string, arn: string): Promise<StoredWithKeyId> {
  const { DescribeSecretCommand } = await import("@aws-sdk/client-secrets-manager");
  const command = new DescribeSecretCommand({ SecretId: arn.replace(/-\?{6}$/, "") });
  const { ARN, KmsKeyId, DeletedDate } = await (await secrets(region)).send(command);
  return { exists: DeletedDate === undefined, ...(ARN && { arn: ARN }), ...(KmsKeyId && { key: KmsKeyId }) };
}

/** The ARN of `flags` is that of `/flags`. */
async function describeParameter({ parameters }: Clients, region: string, arn: string): Promise<StoredWithKeyId> {
  const { paginateDescribeParameters } = await import("@aws-sdk/client-ssm");
  const [, name = ""] = arn.match(/:parameter\/(.*)$/) ?? [];
  const ParameterFilters = [{ Key: "Name", Option: "Equals", Values: [name, `/${name}`] }];
  const pages = paginateDescribeParameters({ client: await parameters(region) }, { ParameterFilters });
  const [parameter] = await itemsOf(pages, (page) => page.Parameters);
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
