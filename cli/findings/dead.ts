import type { TaskLocation } from "../../modules/ecs-task-execution-role/permissions/container-grants";
import type { Policy, RoleWithPolicies } from "../aws-calls/policies";
import { type ActionOnResource, actionsOnResources, isMistake } from "../evaluation/allowed/actions-on-resources";
import { everyRequest } from "../evaluation/allowed/resource-patterns";
import { eachCondition } from "../evaluation/conditions";
import { asText } from "../evaluation/operators/globs";
import { perhaps, type Request } from "../evaluation/request";
import { ownKeysOf, ownState } from "../evaluation/requests/own-keys";
import { NO_SUFFIX, whyImpossible } from "../evaluation/service-reference/impossible-arns";
import type { NeededPatterns } from "../needs/needed-patterns";
import { list, nameOf, type StatementJson } from "../policy-json";
import type { DeadStatement } from "./findings";

/** The Allow statements of a role, or the parts of them, that can never match a call. */
export async function deadOf(
  role: RoleWithPolicies,
  needed: NeededPatterns,
  { partition }: TaskLocation,
): Promise<DeadStatement[]> {
  const situation = { always: everyRequest(role), needed, partition };
  const found = await Promise.all(role.policies.map((policy) => deadIn(policy, situation)));
  return found.flat();
}

interface Situation {
  readonly always: Request;
  readonly needed: NeededPatterns;
  readonly partition: string;
}

async function deadIn({ name: policy, document }: Policy, situation: Situation): Promise<DeadStatement[]> {
  const { Version: version, Statement } = document;
  const found = list(Statement).map(async (statement, index) => {
    const all = statement.Effect === "Allow" ? await actionsOnResources(statement, version, situation.always) : [];
    const dead = all.map(async (one): Promise<DeadStatement[]> => {
      const why = one.fits
        ? (whyNoResource(one, situation) ?? whyNoValue(statement) ?? (await whyNeverMet(one, statement, version)))
        : whyMistaken(one, all);
      const { action, resource } = one;
      const about = { policy, statement: nameOf(statement, index), action: action.text, resource: resource.text };
      return why === undefined ? [] : [{ ...about, why }];
    });
    return (await Promise.all(dead)).flat();
  });
  return (await Promise.all(found)).flat();
}

function whyMistaken(one: ActionOnResource, all: readonly ActionOnResource[]): string | undefined {
  const { action, resource } = one;
  if (action.known.length === 0) {
    return "the Service Authorization Reference lists no such action";
  }
  const formats = new Set(action.known.flatMap(({ resources }) => resources.map(({ pattern }) => asText(pattern))));
  const what =
    formats.size > MOST_FORMATS
      ? "the action does not apply to this type of resource"
      : `the action applies only to ${[...formats].sort((one, other) => one.length - other.length).join(" or ") || "*"}`;
  const why = isAlias(resource.text) ? `IAM does not resolve aliases, and ${what}` : what;
  return isMistake(one, all) ? why : undefined;
}

/** How many formats of ARNs are named. */
const MOST_FORMATS = 2;

const isAlias = (arn: string) => /^arn:[^:]*:kms:[^:]*:[^:]*:alias\//.test(arn);

function whyNoResource({ resource }: ActionOnResource, { needed, partition }: Situation): string | undefined {
  const [first, ...others] = resource.patterns.map((pattern) => whyImpossible(pattern, partition));
  const why = others.every((one) => one !== undefined) ? first : undefined;
  return why ?? (isNameOfSecret(resource.text, needed) ? NO_SUFFIX : undefined);
}

/** Whether a task needs the secret whose ARN this is but for the suffix: the end of a name can look like one. */
function isNameOfSecret(arn: string, needed: NeededPatterns): boolean {
  const secrets = (needed.get("secretsmanager:getsecretvalue") ?? []).map(({ pattern }) => pattern);
  return secrets.includes(`${arn}-??????`) && !secrets.includes(arn);
}

/** Keys whose values never contain a wildcard: services, accounts, Regions and other IDs. */
const WITHOUT_WILDCARDS =
  /^(kms:(ViaService|CallerAccount)|aws:(RequestedRegion|SourceVpce?|PrincipalOrgID|(Principal|Resource)Account))$/i;

/** Whether a condition compares a wildcard as a character. */
function whyNoValue({ Condition = {} }: StatementJson): string | undefined {
  const [key] = Object.entries(Condition)
    .filter(([operator]) => /^(ForAnyValue:)?StringEquals(IgnoreCase)?$/i.test(operator))
    .flatMap(([, keys]) => Object.entries(keys))
    .flatMap(([name, values]) =>
      WITHOUT_WILDCARDS.test(name) && list(values).every((one) => /^[^$]*[*?][^$]*$/.test(String(one))) ? [name] : [],
    );
  return key && `the wildcard in the condition on ${key} needs StringLike`;
}

/** Keys that only calls of their own service have, and the tags of resources. Services add others to calls of their own code. */
const OWN = /^((ecr|kms|logs|s3|secretsmanager):|aws:ResourceTag\/)/i;

/** Whether no call of the only action meets the conditions, because no such call has one of their keys. */
async function whyNeverMet(
  { action: { known }, resource }: ActionOnResource,
  { Condition }: StatementJson,
  version: string | undefined,
): Promise<string | undefined> {
  const [only, ...others] = known;
  if (!Condition || !only || others.length > 0) {
    return undefined;
  }
  const { action } = only;
  const own = await ownKeysOf(action, resource.text);
  const key = (name: string) => (OWN.test(name) ? ownState(own, name) : perhaps(name));
  const conditions = eachCondition(Condition, version, { action, resource: perhaps("the ARN"), key });
  const never = conditions.find(({ isMet }) => isMet === false);
  return never && `${action} never has the condition key ${never.key}`;
}
