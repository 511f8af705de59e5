import { list, type StatementJson } from "../../policy-json";
import type { Pattern } from "../operators/globs";
import type { Request } from "../request";
import { actionsMatching, appliesTo, type KnownAction } from "../service-reference/actions";
import { resourcePatterns } from "./resource-patterns";

/** An action and a resource that a statement names. */
export interface ActionOnResource {
  readonly action: { readonly text: string; readonly known: readonly KnownAction[] };
  readonly resource: { readonly text: string; readonly patterns: readonly Pattern[] };
  /** Whether the action applies to resources of this type. */
  readonly fits: boolean;
}

/** The actions of a statement with each of its resources. NotResource leaves `*`. */
export async function actionsOnResources(
  { Action, Resource = "*" }: StatementJson,
  version: string | undefined,
  always: Request,
): Promise<ActionOnResource[]> {
  const actions = await Promise.all(list(Action).map(async (text) => ({ text, known: await actionsMatching(text) })));
  const resources = list(Resource).map((text) => ({
    text,
    patterns: resourcePatterns(text, version, always).map(({ pattern }) => pattern),
  }));
  return actions.flatMap((action) =>
    resources.map((resource) => ({ action, resource, fits: fits(action.known, resource.patterns) })),
  );
}

/** A resource without patterns has a variable without a value. Another value can fit. */
function fits(actions: readonly KnownAction[], patterns: readonly Pattern[]): boolean {
  return patterns.length === 0 || actions.some((one) => patterns.some((pattern) => appliesTo(one, pattern)));
}

/**
 * Whether an action that does not fit a resource is a mistake. Statements often list actions and resources of several
 * types, so it is one only if the action fits none of the resources, or no action fits the resource.
 */
export function isMistake({ action, resource }: ActionOnResource, all: readonly ActionOnResource[]): boolean {
  const ofAction = all.filter((one) => one.action === action);
  const ofResource = all.filter((one) => one.resource === resource && one.action.known.length > 0);
  // AWS's own examples have log groups with and without their streams.
  const isContinued = ofAction.some((one) => one.resource.text.startsWith(`${resource.text}:`));
  return [ofAction, ...(isContinued ? [] : [ofResource])].some(
    (same) => same.every((one) => !one.fits) && (isOfOneService({ action, resource }) || !same.some(isOfOneService)),
  );
}

const isOfOneService = ({ action, resource }: Pick<ActionOnResource, "action" | "resource">) =>
  action.text.toLowerCase().split(":")[0] === resource.text.split(":")[2];
