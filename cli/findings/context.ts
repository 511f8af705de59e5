import type { RoleWithPolicies } from "../account/policies";
import { list, type StatementJson } from "../verify/policies/policy-json";
import { accountOf, type Context } from "./simulate";

/** The condition keys of a call of Amazon ECS as a role, as far as they are known from outside. */
export function contextOf({ arn, tags }: RoleWithPolicies, resource: string, region: string): Context {
  const now = new Date();
  return {
    "aws:PrincipalArn": arn,
    "aws:PrincipalAccount": accountOf(arn),
    "aws:PrincipalType": "AssumedRole",
    "aws:PrincipalIsAWSService": "false",
    "aws:ViaAWSService": "false",
    "aws:SecureTransport": "true",
    "aws:CurrentTime": now.toISOString(),
    "aws:EpochTime": String(Math.floor(now.getTime() / 1000)),
    "aws:RequestedRegion": resource.split(":")[3] || region,
    // A bucket's ARN names no account.
    "aws:ResourceAccount": accountOf(resource) || accountOf(arn),
    ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
  };
}

/**
 * For each statement with conditions on keys that are not known from outside, such as `aws:SourceVpce`: the values that
 * it names for them.
 */
export function unknownKeys({ policies, boundary }: RoleWithPolicies, known: Context): Context[] {
  const documents = [...policies, ...(boundary ? [boundary] : [])].map(({ document }) => document);
  const each = documents.flatMap(({ Statement }) => list(Statement)).map((one) => unknownIn(one, known));
  const found = each.filter((one) => Object.keys(one).length > 0);
  return found.length > 1 ? [...found, Object.assign({}, ...found)] : found;
}

function unknownIn({ Condition = {} }: StatementJson, known: Context): Context {
  const names = Object.keys(known).map((name) => name.toLowerCase());
  const asked = Object.entries(Condition)
    .filter(([operator]) => operator !== "Null")
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => [key, exampleOf(operator, list(values)[0])] as const),
    );
  return Object.fromEntries(asked.filter(([key]) => !names.includes(key.toLowerCase())));
}

/** A value that meets a condition: of a range of addresses its first, of a pattern one text. */
function exampleOf(operator: string, value: unknown): string {
  const text = String(value);
  return operator.includes("IpAddress") ? text.replace(/\/.*$/, "") : text.replace(/[*?]/g, "x");
}

/** The keys of a statement's conditions. */
export function keysOf({ Condition = {} }: StatementJson): string[] {
  return Object.values(Condition).flatMap((keys) => Object.keys(keys).map((key) => key.toLowerCase()));
}
