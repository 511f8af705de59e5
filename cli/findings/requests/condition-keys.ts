import { ABSENT, always, type KeyState, known, perhaps } from "../evaluation/request";

/** A role that calls AWS. */
export interface Principal {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly hasMoreTags?: boolean;
}

/** What AWS's pages say about a condition key of one caller's requests. */
export interface KeyRow<Call> {
  /** A name that ends with a slash or a colon is that of every key that starts with it. */
  readonly keys: readonly string[];
  /** @param end the rest of the name, such as the key of a tag. */
  readonly state: (call: Call, name: string, end: string) => KeyState;
  readonly page: string;
}

const GLOBAL = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html";

/** A row about global keys, from the section of the page about these keys. */
export function global<Call>(section: string, keys: readonly string[], state: KeyRow<Call>["state"]): KeyRow<Call> {
  return { keys: keys.map((key) => `aws:${key}`), state, page: `${GLOBAL}#condition-keys-${section}` };
}

/** The state of a key according to the first row about it; undefined if there is none. */
export function inRows<Call>(rows: readonly KeyRow<Call>[], call: Call, name: string): KeyState | undefined {
  const lower = name.toLowerCase();
  for (const { keys, state } of rows) {
    const key = keys
      .map((one) => one.toLowerCase())
      .find((one) => (/[/:]$/.test(one) ? lower.startsWith(one) : lower === one));
    if (key !== undefined) {
      return state(call, name, name.slice(key.length));
    }
  }
  return undefined;
}

export const absent = () => ABSENT;
export const isAlwaysThere = (_: unknown, name: string) => always(name);
export const isPerhapsThere = (_: unknown, name: string) => perhaps(name);

const ENDPOINT = "a VPC endpoint";

/** Keys of a request through a VPC endpoint. */
export const throughEndpoint = (_: unknown, name: string): KeyState => ({
  unknown: name.toLowerCase(),
  with: [{ what: ENDPOINT, holds: true }],
});

/** Keys that a request through a VPC endpoint has only for some services or accounts. */
export const perhapsThroughEndpoint = (_: unknown, name: string): KeyState => ({
  unknown: name.toLowerCase(),
  with: [...perhaps(name).with, { what: ENDPOINT, holds: true }],
});

/** The key of every other request. */
export const notThroughEndpoint = (_: unknown, name: string): KeyState => ({
  unknown: name.toLowerCase(),
  with: [{ what: ENDPOINT, holds: false }],
});

/** A key that can have several values. */
export const withSeveralValues = (state: KeyState): KeyState =>
  "absent" in state ? state : { ...state, isList: true };

/** The value of a tag of a role. The names of tags are not case-sensitive. */
export function tag({ role }: { readonly role: Principal }, name: string, key: string): KeyState {
  const [, value] = Object.entries(role.tags).find(([one]) => one.toLowerCase() === key.toLowerCase()) ?? [];
  return value === undefined ? (role.hasMoreTags ? perhaps(name) : ABSENT) : known(value);
}

const now = () => new Date();

/** Keys that every request has, whoever makes it. */
export const OF_EVERY_REQUEST: readonly KeyRow<{ readonly region: string | undefined }>[] = [
  global("currenttime", ["CurrentTime"], () => known(now().toISOString())),
  global("epochtime", ["EpochTime"], () => known(String(Math.floor(now().getTime() / 1000)))),
  // ECS and other services call AWS with TLS.
  global("securetransport", ["SecureTransport"], () => known("true")),
  global("requestedregion", ["RequestedRegion"], ({ region }, name) => (region ? known(region) : always(name))),
  global("useragent", ["UserAgent"], isAlwaysThere),
  global("referer", ["referer"], absent),
  global("requesttag", ["RequestTag/", "TagKeys"], absent),
];
