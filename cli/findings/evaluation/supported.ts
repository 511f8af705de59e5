import { list, type OneOrMore, type PolicyJson, type StatementJson } from "../../verify/policies/policy-json";
import { matches } from "./globs";
import { type Context, isoTime } from "./request";

/*
 * The simulator does not support everything that IAM does. These functions rewrite a policy and a request so that both
 * evaluate them in the same way.
 */

export const VERSION = "2012-10-17";

/** A policy as the simulator supports it, for one call. */
export function supportedPolicy({ Version, Statement }: PolicyJson, resource: string): object {
  const statements = list(Statement).map((one) => supportedStatement(one, resource));
  const text = JSON.stringify(statements);
  // Policy variables came with the newer version.
  return { Version: VERSION, Statement: JSON.parse(Version === VERSION ? text : text.replaceAll("${", "${$}{")) };
}

export function supportedContext(context: Context): Context {
  return Object.fromEntries(Object.entries(context).map(([key, value]) => [supportedKey(key), value]));
}

/** ARNs without an account, such as those of AWS's own parameters. */
export function withAccount(arn: string): string {
  return arn.replace(/(:ssm:[^:]*:)(:parameter\/)/, "$1000000000000$2");
}

function supportedStatement(statement: StatementJson, resource: string): StatementJson {
  const { Action, NotAction, Resource, NotResource, Condition } = statement;
  const resources = (patterns: OneOrMore) => list(patterns).map((one) => supportedResource(withAccount(one), resource));
  const actions = (patterns: OneOrMore) => list(patterns).map((one) => (one === "*:*" ? "*" : one));
  return {
    ...statement,
    ...(Action !== undefined && { Action: actions(Action) }),
    ...(NotAction !== undefined && { NotAction: actions(NotAction) }),
    ...(Resource !== undefined && { Resource: resources(Resource) }),
    ...(NotResource !== undefined && { NotResource: resources(NotResource) }),
    ...(Condition !== undefined && { Condition: supportedConditions(Condition) }),
  };
}

/** IAM treats a wildcard in the resource type, as in `...:111122223333:*`, like any other wildcard. */
function supportedResource(pattern: string, resource: string): string {
  const [type = ""] = pattern.split(":").slice(5).join(":").split(/[:/]/);
  return /[*?]/.test(type) && !pattern.includes("${") && matches(pattern, resource) ? resource : pattern;
}

type Conditions = NonNullable<StatementJson["Condition"]>;

function supportedConditions(conditions: Conditions): Conditions {
  return Object.fromEntries(
    Object.entries(conditions).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(keys).map(([key, values]) =>
          operator.includes("Date")
            ? [dateKey(key), list(values).map((value) => isoTime(String(value)))]
            : [supportedKey(key), values],
        ),
      ),
    ]),
  );
}

/** The simulator ignores condition keys with a user-defined part, except tags. */
const SUPPORTED_KEYS: readonly (readonly [RegExp, string])[] = [
  [/^kms:EncryptionContext:/i, "aws:PrincipalTag/kms:EncryptionContext:"],
  [/^secretsmanager:ResourceTag\//i, "aws:ResourceTag/"],
];

function supportedKey(key: string): string {
  return SUPPORTED_KEYS.reduce((text, [own, supported]) => text.replace(own, supported), key);
}

/** Both keys hold the time of the call. */
function dateKey(key: string): string {
  return key.toLowerCase() === "aws:epochtime" ? "aws:CurrentTime" : key;
}
