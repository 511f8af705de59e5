import { accountOf } from "../../arns";
import { ABSENT, always, known, perhaps } from "../evaluation/request";
import { global, isPerhapsThere, type KeyRow, withSeveralValues } from "./condition-keys";
import type { RoleCall } from "./role-call";

const IAM = "https://docs.aws.amazon.com/IAM/latest/UserGuide";
const FAS = `${IAM}/access_forward_access_sessions.html`;
const KMS = "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html";

interface Context {
  /** The key that holds the ARN of what is decrypted, and the others. */
  readonly arn: string;
  readonly others: readonly string[];
  readonly page: string;
}

/** The encryption contexts of the services that decrypt for ECS. */
const CONTEXTS: Readonly<Record<string, Context>> = {
  secretsmanager: {
    arn: "SecretARN",
    others: ["SecretVersionId"],
    page: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html#security-encryption-encryption-context",
  },
  ssm: {
    arn: "PARAMETER_ARN",
    others: [],
    page: "https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html#parameter-store-kms-encryption-context",
  },
};

const contextOf = ({ call }: RoleCall): Context | undefined => CONTEXTS[call.through?.service ?? ""];

/** The DNS suffix of services in partitions with a different suffix. */
const SUFFIX: Readonly<Record<string, string>> = { "aws-cn": "amazonaws.com.cn" };

/** Keys of a call that a service makes on behalf of the role: it forwards the role's session. */
export const FORWARDED: readonly KeyRow<RoleCall>[] = [
  { keys: ["aws:ViaAWSService"], state: () => known("true"), page: FAS },
  // Only "a service that supports" the key sets it, and no page lists these services.
  {
    keys: ["aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"],
    state: ({ call }, name) => {
      const state = { ...perhaps(name), like: `${call.through?.service}.amazonaws.com` };
      return name.toLowerCase() === "aws:calledvia" ? withSeveralValues(state) : state;
    },
    page: `${IAM}/reference_policies_condition-keys.html#condition-keys-calledvia`,
  },
  // The endpoint of the first request is not forwarded.
  { keys: ["aws:SourceVpc", "aws:SourceVpce", "aws:VpcSourceIp"], state: () => ABSENT, page: FAS },
  global("sourceip", ["SourceIp"], isPerhapsThere),
];

/** Keys of a decryption for the role. */
export const DECRYPTION: readonly KeyRow<RoleCall>[] = [
  {
    keys: ["kms:CallerAccount"],
    state: ({ role }) => known(accountOf(role.arn)),
    page: `${KMS}#conditions-kms-caller-account`,
  },
  {
    keys: ["kms:ViaService"],
    state: ({ call: { through, resource } }) => {
      const [, partition = "", , region] = resource.split(":");
      return known(`${through?.service}.${region}.${SUFFIX[partition] ?? "amazonaws.com"}`);
    },
    page: `${KMS}#conditions-kms-via-service`,
  },
  {
    keys: ["kms:EncryptionContextKeys"],
    state: (call) => {
      const { arn = "", others = [] } = contextOf(call) ?? {};
      return withSeveralValues(known(arn, ...others));
    },
    page: `${KMS}#conditions-kms-encryption-context-keys`,
  },
  {
    keys: ["kms:EncryptionContext:"],
    // The names of condition keys are not case-sensitive, so those of the context are not either.
    state: (call, name, end) => {
      const { arn = "", others = [] } = contextOf(call) ?? {};
      const isNamed = (one: string) => one.toLowerCase() === end.toLowerCase();
      return isNamed(arn) ? known(call.call.through?.of ?? "") : others.some(isNamed) ? always(name) : ABSENT;
    },
    page: `${KMS}#conditions-kms-encryption-context`,
  },
  // Both services take only symmetric keys.
  {
    keys: ["kms:KeySpec", "kms:EncryptionAlgorithm"],
    state: () => known("SYMMETRIC_DEFAULT"),
    page: `${KMS}#conditions-kms-key-spec`,
  },
  { keys: ["kms:KeyUsage"], state: () => known("ENCRYPT_DECRYPT"), page: `${KMS}#conditions-kms-key-usage` },
  {
    keys: ["kms:RecipientAttestation:"],
    state: () => ABSENT,
    page: "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-nitro-enclaves.html",
  },
];
