import { accountOf } from "../../arns";
import { always, known, perhaps } from "../request";
import { absent, ENDPOINT_KEYS, global, type KeyRow, type RoleCall, withSeveralValues } from "./condition-keys";

/** The encryption contexts of the services that decrypt for ECS: the key that holds the ARN of what is decrypted, and the others. */
const CONTEXTS: Readonly<Record<string, { readonly arn: string; readonly others: readonly string[] }>> = {
  /** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html#security-encryption-encryption-context */
  secretsmanager: { arn: "SecretARN", others: ["SecretVersionId"] },
  /** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html#parameter-store-kms-encryption-context */
  ssm: { arn: "PARAMETER_ARN", others: [] },
};

const contextOf = ({ call }: RoleCall) => CONTEXTS[call.through?.service ?? ""] ?? { arn: "", others: [] };

/** The DNS suffix of services, by partition. AWS's pages name no others. */
const SUFFIX: Readonly<Record<string, string>> = {
  aws: "amazonaws.com",
  "aws-us-gov": "amazonaws.com",
  "aws-cn": "amazonaws.com.cn",
};

/**
 * Keys of a call that a service makes on behalf of the role: it forwards the role's session.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 */
export const FORWARDED: readonly KeyRow<RoleCall>[] = [
  global(["ViaAWSService"], () => known("true")),
  // Only "a service that supports" the key sets it, and no page lists these services.
  global(["CalledVia", "CalledViaFirst", "CalledViaLast"], (name, { call }) => {
    const state = { ...perhaps(name), like: `${call.through?.service}.amazonaws.com` };
    return name.toLowerCase() === "aws:calledvia" ? withSeveralValues(state) : state;
  }),
  // The endpoint of the first request is not forwarded.
  global(ENDPOINT_KEYS, absent),
  global(["SourceIp"], perhaps),
];

/**
 * Keys of a decryption for the role.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
export const DECRYPTION: readonly KeyRow<RoleCall>[] = [
  { keys: ["kms:CallerAccount"], state: (_, { role }) => known(accountOf(role.arn)) },
  {
    keys: ["kms:ViaService"],
    state: (name, { call: { through, resource } }) => {
      const [, partition = "", , region] = resource.split(":");
      const [host, suffix] = [`${through?.service}.${region}`, SUFFIX[partition]];
      return suffix ? known(`${host}.${suffix}`) : { ...always(name), like: `${host}.*` };
    },
  },
  {
    keys: ["kms:EncryptionContextKeys"],
    state: (_, call) => {
      const { arn, others } = contextOf(call);
      return withSeveralValues(known(arn, ...others));
    },
  },
  {
    keys: ["kms:EncryptionContext:"],
    // The names of condition keys are not case-sensitive, so those of the context are not either.
    state: (name, call, end) => {
      const { arn, others } = contextOf(call);
      const isNamed = (one: string) => one.toLowerCase() === end.toLowerCase();
      return isNamed(arn) ? known(call.call.through?.of ?? "") : others.some(isNamed) ? always(name) : absent();
    },
  },
  // Both services take only symmetric keys.
  { keys: ["kms:KeySpec", "kms:EncryptionAlgorithm"], state: () => known("SYMMETRIC_DEFAULT") },
  { keys: ["kms:KeyUsage"], state: () => known("ENCRYPT_DECRYPT") },
  { keys: ["kms:RecipientAttestation:"], state: absent },
];
