import { cached } from "../cached";
import { isNamed, type ResourcePolicy, unknownBecause } from "./answers";
import { anyRegionFor, type Clients } from "./clients";

interface Reader {
  readonly read: (clients: Clients, arn: string, region: string) => Promise<string | undefined>;
  /** The error for a resource without a policy, if there is one, and for a resource that does not exist. */
  readonly none?: string;
  readonly gone: string;
}

/** By service. */
const READERS: Readonly<Record<string, Reader>> = {
  ecr: {
    none: "RepositoryPolicyNotFoundException",
    gone: "RepositoryNotFoundException",
    read: async ({ ecr }, arn, region) => {
      const { GetRepositoryPolicyCommand } = await import("@aws-sdk/client-ecr");
      const [registryId, repositoryName] = arn.split(":").slice(4).join(":").split(":repository/");
      return (await (await ecr(region)).send(new GetRepositoryPolicyCommand({ registryId, repositoryName })))
        .policyText;
    },
  },
  secretsmanager: {
    gone: "ResourceNotFoundException",
    read: async ({ secrets }, SecretId, region) => {
      const { GetResourcePolicyCommand } = await import("@aws-sdk/client-secrets-manager");
      return (await (await secrets(region)).send(new GetResourcePolicyCommand({ SecretId }))).ResourcePolicy;
    },
  },
  kms: {
    gone: "NotFoundException",
    read: async ({ keys }, KeyId, region) => {
      const { GetKeyPolicyCommand } = await import("@aws-sdk/client-kms");
      return (await (await keys(region)).send(new GetKeyPolicyCommand({ KeyId, PolicyName: "default" }))).Policy;
    },
  },
  s3: {
    none: "NoSuchBucketPolicy",
    gone: "NoSuchBucket",
    read: async ({ buckets }, arn) => {
      const { GetBucketPolicyCommand } = await import("@aws-sdk/client-s3");
      const Bucket = arn.split(":").at(-1);
      return (await (await buckets(anyRegionFor(arn))).send(new GetBucketPolicyCommand({ Bucket }))).Policy;
    },
  },
};

/** The policies of repositories, secrets, keys and buckets. */
export function resourcePoliciesIn(clients: Clients): (resource: string) => Promise<ResourcePolicy | undefined> {
  return cached(async (arn) => {
    const [, , service = "", region = ""] = arn.split(":");
    const { read, none, gone } = READERS[service] as Reader;
    try {
      const text = await read(clients, arn, region);
      return text === undefined ? {} : { document: JSON.parse(text) };
    } catch (error) {
      return isNamed(error, none) ? {} : isNamed(error, gone) ? undefined : unknownBecause(error);
    }
  });
}
