import type { StatementJson } from "../../policy-json";
import { eachCondition } from "../evaluation/conditions";
import { perhaps } from "../evaluation/request";
import { ownKeysOf, ownState } from "../requests/own-keys";

/** Keys that only calls of their own service have, and the tags of resources. Services add others to calls of their own code. */
const OWN = /^((ecr|kms|logs|s3|secretsmanager):|aws:ResourceTag\/)/i;

/** The key of a condition that no call of an action meets, because no such call has the key. */
export async function neverMet(
  action: string,
  resource: string,
  condition: StatementJson["Condition"],
  version: string | undefined,
): Promise<string | undefined> {
  const own = await ownKeysOf(action, resource);
  const key = (name: string) => (OWN.test(name) ? ownState(own, name) : perhaps(name));
  const request = { action, resource: perhaps("the ARN"), key };
  return eachCondition(condition, version, request).find(({ isMet }) => isMet === false)?.key;
}
