import { accountOf } from "../../arns";
import type { NeededCall } from "../../needs/needed-call";
import { ABSENT, always, type KeyState, known, perhaps, type UnknownKey } from "../request";

/** A role that calls AWS. */
export interface Principal {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly hasMoreTags?: boolean;
}

/** A call that Amazon ECS makes with a role, or that a service makes on its behalf. */
export interface RoleCall {
  readonly role: Principal;
  readonly call: Pick<NeededCall, "action" | "resource" | "pattern" | "keys" | "through" | "isFargate">;
  readonly region: string | undefined;
}

/** What AWS's pages say about condition keys of one caller's requests. */
export interface KeyRow<Call> {
  /** A name that ends with a slash or a colon is that of every key that starts with it. */
  readonly keys: readonly string[];
  /** @param end the rest of the name, such as the key of a tag. */
  readonly state: (name: string, call: Call, end: string) => KeyState;
}

/**
 * A row about global keys.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function global<Call>(keys: readonly string[], state: KeyRow<Call>["state"]): KeyRow<Call> {
  return { keys: keys.map((key) => `aws:${key}`), state };
}

/** The state of a key according to the first row about it; undefined if there is none. */
export function inRows<Call>(rows: readonly KeyRow<Call>[], call: Call, name: string): KeyState | undefined {
  const lower = name.toLowerCase();
  for (const { keys, state } of rows) {
    const key = keys
      .map((one) => one.toLowerCase())
      .find((one) => (/[/:]$/.test(one) ? lower.startsWith(one) : lower === one));
    if (key !== undefined) {
      return state(name, call, name.slice(key.length));
    }
  }
  return undefined;
}

export const absent = () => ABSENT;

export const ENDPOINT_KEYS = ["SourceVpc", "SourceVpce", "VpcSourceIp"];
const ENDPOINT = "a VPC endpoint";

/** Keys of a request through a VPC endpoint. */
const throughEndpoint = (name: string): UnknownKey => ({
  ...always(name),
  with: [{ what: ENDPOINT, holds: true }],
});

/** Keys that a request through a VPC endpoint has only for some services or accounts. */
export const perhapsThroughEndpoint = (name: string): UnknownKey => ({
  ...always(name),
  with: [...perhaps(name).with, ...throughEndpoint(name).with],
});

/** The key of every other request. */
const notThroughEndpoint = (name: string): UnknownKey => ({
  ...always(name),
  with: [{ what: ENDPOINT, holds: false }],
});

/** A key that can have several values. */
export const withSeveralValues = (state: KeyState): KeyState =>
  "absent" in state ? state : { ...state, isList: true };

/** The value of a tag of a role. The names of tags are not case-sensitive. */
export function tag(name: string, { role }: { readonly role: Principal }, key: string): KeyState {
  const [, value] = Object.entries(role.tags).find(([one]) => one.toLowerCase() === key.toLowerCase()) ?? [];
  return value === undefined ? (role.hasMoreTags ? perhaps(name) : ABSENT) : known(value);
}

/** Keys of every request that ECS makes itself, with a role or to assume it. */
export const OF_EVERY_REQUEST: readonly KeyRow<{ readonly region: string | undefined }>[] = [
  global(["CurrentTime"], () => known(new Date().toISOString())),
  global(["EpochTime"], () => known(String(Math.floor(Date.now() / 1000)))),
  // ECS and other services call AWS with TLS.
  global(["SecureTransport"], () => known("true")),
  global(["RequestedRegion"], (name, { region }) => (region ? known(region) : always(name))),
  global(["UserAgent"], always),
  global(["referer", "RequestTag/", "TagKeys", "MultiFactorAuthAge", "SourceIdentity"], absent),
  global(["FederatedProvider", "AssumedRoot", "ChatbotSourceArn"], absent),
  global(["Ec2InstanceSourceVpc", "Ec2InstanceSourcePrivateIPv4"], absent),
  global(["ViaAWSService"], () => known("false")),
  global(["CalledVia", "CalledViaFirst", "CalledViaLast"], absent),
  global(["SourceIp"], notThroughEndpoint),
  global(ENDPOINT_KEYS, throughEndpoint),
];

/** Keys that say which role calls. */
export const OF_THE_ROLE: readonly KeyRow<{ readonly role: Principal }>[] = [
  global(["PrincipalArn"], (_, { role }) => known(role.arn)),
  global(["PrincipalAccount"], (_, { role }) => known(accountOf(role.arn))),
  global(["PrincipalTag/"], tag),
  global(["PrincipalType"], () => known("AssumedRole")),
  global(["PrincipalIsAWSService"], () => known("false")),
  global(["PrincipalServiceName", "PrincipalServiceNamesList"], absent),
  global(["PrincipalOrgID"], perhaps),
  global(["PrincipalOrgPaths"], (name) => withSeveralValues(perhaps(name))),
  // The ID of the role and the name of its session.
  global(["userid"], (name) => ({ ...always(name), like: "AROA*:*" })),
  global(["username"], absent),
];
