import type { TaskLocation } from "../../modules/ecs-task-execution-role/permissions/container-grants";
import type { Keys, Stored } from "../aws-calls/stored";
import { type Grant, grant } from "./task-grants";

/** A grant of a secret or a parameter, and what AWS returns about it. */
export interface StoredGrant {
  readonly of: Grant;
  readonly stored: Stored;
  /** The grant for its key, if the key is customer managed. */
  readonly decrypts?: Grant;
}

/** The calls that read encrypted values, and the service that decrypts them. */
const READING: Readonly<Record<string, string>> = {
  "secretsmanager:GetSecretValue": "secretsmanager",
  "ssm:GetParameters": "ssm",
};

/** The service through which a grant reads encrypted values. */
export function readsThrough({ statements }: Grant): string | undefined {
  return statements.flatMap(({ actions }) => actions.flatMap((action) => READING[action] ?? []))[0];
}

/** AWS's own parameters and references to secrets are not encrypted with a customer managed key. */
const NOT_DESCRIBED = /:parameter\/+aws\//;

/**
 * Reads which keys encrypt the secrets and parameters of grants.
 *
 * @param created the ARNs of what a plan creates, which does not exist yet.
 */
export async function describeStored(
  grants: readonly Grant[],
  keys: Keys,
  location: TaskLocation,
  created: readonly string[] = [],
): Promise<StoredGrant[]> {
  const reading = grants.filter((one) => readsThrough(one) !== undefined);
  const described = reading.map(async (of): Promise<StoredGrant[]> => {
    const [resource = ""] = of.statements[0]?.resources ?? [];
    if (NOT_DESCRIBED.test(resource)) {
      return [];
    }
    const stored = created.includes(resource)
      ? { exists: false }
      : withoutForeign(await keys(resource), resource, location);
    const { keyArn } = stored;
    return [{ of, stored, ...(keyArn && { decrypts: grant(of.component, "decryptionKeys", keyArn, location) }) }];
  });
  return (await Promise.all(described)).flat();
}

/** A parameter in another account is not listed, even if it exists. */
function withoutForeign(stored: Stored, resource: string, { account }: TaskLocation): Stored {
  const isForeign = !stored.exists && resource.split(":")[4] !== account;
  const why = account === "" ? "the account of the task is unknown" : "another account";
  return isForeign ? { exists: true, unknown: `the KMS key of ${resource} is unknown (${why})` } : stored;
}
