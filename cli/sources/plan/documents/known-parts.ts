import { PERMISSIONS } from "../../../../modules/ecs-task-execution-role/permissions/permissions";
import { ECS_TASKS } from "../../../../modules/ecs-task-execution-role/permissions/trust-fields";
import type { StatementJson } from "../../../policy-json";
import { hasUnknown, maskOf } from "../json/plan-json";

/** The statements of a document that are known, and those that it may have, each as wide as it can be. */
export interface Statements {
  readonly known: readonly StatementJson[];
  readonly perhaps: readonly StatementJson[];
}

const EFFECTS = ["Allow", "Deny"];

/** Every action that Amazon ECS can need. */
const ANY_ACTION = ["sts:AssumeRole", ...new Set(PERMISSIONS.flatMap(({ actions }) => actions))];

/** What an unknown document may say. */
export const ANYTHING: Statements = {
  known: [],
  perhaps: EFFECTS.map((Effect) => ({ Effect, Action: ANY_ACTION, Resource: "*" })),
};

/** What an unknown trust policy may say. */
export const ANY_TRUST: Statements = {
  known: [],
  perhaps: EFFECTS.map((Effect) => ({ Effect, Action: "sts:AssumeRole", Principal: { Service: ECS_TASKS } })),
};

/** A statement of `aws_iam_policy_document` in a plan. */
export interface DocumentBlock {
  readonly sid?: string | null;
  readonly effect?: string | null;
  readonly actions?: readonly string[] | null;
  readonly not_actions?: readonly string[] | null;
  readonly resources?: readonly string[] | null;
  readonly not_resources?: readonly string[] | null;
  readonly principals?: readonly Principals[] | null;
  readonly not_principals?: readonly Principals[] | null;
  readonly condition?: readonly Condition[] | null;
}

interface Principals {
  readonly type: string;
  readonly identifiers: readonly string[];
}

interface Condition {
  readonly test: string;
  readonly variable: string;
  readonly values: readonly string[];
}

function knownIn<T>(values: readonly T[] | null | undefined, mask: unknown): T[] {
  return (values ?? []).filter((_, at) => !hasUnknown(maskOf(mask, at)));
}

/** The known part of a statement, and the statement as wide as it can be if a part is not known. */
export function statementsIn(given: DocumentBlock, mask: unknown): Statements {
  // The provider takes IAM policy variables as `&{...}`.
  const block: DocumentBlock = JSON.parse(JSON.stringify(given).replaceAll("&{", "${"));
  const narrow = narrowed(block, mask);
  return { known: narrow ? [narrow] : [], perhaps: hasUnknown(mask) ? widened(block, mask) : [] };
}

/** Nothing if the rest of the statement decides what the known part means. */
function narrowed(block: DocumentBlock, mask: unknown): StatementJson | undefined {
  const isUnknown = (name: string) => hasUnknown(maskOf(mask, name));
  const lists = (["actions", "resources", "principals"] as const).map(
    (name) => [name, knownIn<unknown>(block[name], maskOf(mask, name))] as const,
  );
  const condition = conditionsIn(block, mask);
  const isMeaningless =
    ["effect", "not_actions", "not_resources", "not_principals"].some(isUnknown) ||
    maskOf(mask, "condition") === true ||
    lists.some(([name, known]) => isUnknown(name) && known.length === 0) ||
    condition.some((one) => one.isUnknown && (one.values.length === 0 || !POSITIVE.test(one.test)));
  return isMeaningless ? undefined : written({ ...block, ...Object.fromEntries(lists), condition });
}

/** Each unknown part becomes whatever makes the statement match more. */
function widened(block: DocumentBlock, mask: unknown): StatementJson[] {
  const isUnknown = (...names: string[]) => names.some((name) => hasUnknown(maskOf(mask, name)));
  const { Principal, ...statement } = written({
    ...block,
    sid: null,
    ...(isUnknown("actions", "not_actions") && { actions: ANY_ACTION, not_actions: null }),
    ...(isUnknown("resources", "not_resources") && { resources: ["*"], not_resources: null }),
    condition: conditionsIn(block, mask).filter((one) => !one.isUnknown),
  });
  const isTrust = isUnknown("principals", "not_principals");
  const principal = isTrust ? { Service: ECS_TASKS } : Principal;
  const effects = isUnknown("effect") ? EFFECTS : [statement.Effect ?? "Allow"];
  return effects.map((Effect) => ({ ...statement, Effect, ...(principal !== undefined && { Principal: principal }) }));
}

/** The conditions with their known values, which are none if the operator or the key is not known. */
function conditionsIn({ condition }: DocumentBlock, mask: unknown) {
  const masks = maskOf(mask, "condition");
  return (condition ?? []).map(({ test, variable, values }, at) => ({
    test,
    variable,
    values: test && variable ? knownIn(values, maskOf(maskOf(masks, at), "values")) : [],
    isUnknown: hasUnknown(maskOf(masks, at)),
  }));
}

/** The condition operators for which one matching value is enough. */
const POSITIVE = /^(?!ForAllValues:|Null$)(?!.*Not)/;

/** The statement as the provider writes it. */
function written(block: DocumentBlock): StatementJson {
  const { sid, effect, actions, not_actions, resources, not_resources, principals, condition } = block;
  const elements = { Action: actions, NotAction: not_actions, Resource: resources, NotResource: not_resources };
  const Condition: Record<string, Record<string, string[]>> = {};
  for (const { test, variable, values } of condition ?? []) {
    const ofTest = Condition[test] ?? {};
    Condition[test] = { ...ofTest, [variable]: [...(ofTest[variable] ?? []), ...values] };
  }
  return {
    ...(sid && { Sid: sid }),
    Effect: effect ?? "Allow",
    ...Object.fromEntries(Object.entries(elements).filter(([, values]) => (values ?? []).length > 0)),
    ...((principals ?? []).length > 0 && { Principal: principalOf(principals ?? []) }),
    ...(Object.keys(Condition).length > 0 && { Condition }),
  };
}

function principalOf(principals: readonly Principals[]): NonNullable<StatementJson["Principal"]> {
  const isAnyone = principals.some(({ type, identifiers }) => type === "*" && identifiers.includes("*"));
  const ofType = (type: string) => principals.filter((one) => one.type === type).flatMap((one) => one.identifiers);
  return isAnyone ? "*" : Object.fromEntries(principals.map(({ type }) => [type, ofType(type)]));
}
