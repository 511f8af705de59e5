import { readFileSync } from "node:fs";
import {
  ACCESS_ID,
  ASSUME_ROLE_POLICY_ID,
  PARTITION_ID,
} from "../../modules/ecs-task-execution-role/resources/child-ids";
import type { ExpectedStatement, ExpectedValues } from "./policies/expected-statement";
import { isTemplate, UNKNOWN } from "./policies/template";
import { ACCOUNT, PARTITION, type RoleExpectation } from "./role-expectation";
import {
  type Block,
  type Blocks,
  blocks,
  type DocumentBlock,
  idOf,
  type Locals,
  type PolicyBlock,
  pathOf,
  type RoleBlock,
  type StackJson,
} from "./stack-json";
import { describeStacks } from "./synthesized";

/** The execution roles in the stacks that an app wrote into its output folder. */
export function expectedByStacks(outputFolder: string): RoleExpectation[] {
  return describeStacks(outputFolder).flatMap(({ file }) => rolesIn(JSON.parse(readFileSync(file, "utf8"))));
}

export function rolesIn(stack: StackJson): RoleExpectation[] {
  return blocks(stack.resource?.aws_iam_role).flatMap((role) => roleIn(stack, role) ?? []);
}

/** The expected role of a construct; undefined for any other role. */
function roleIn({ resource = {}, data = {}, locals = {} }: StackJson, role: RoleBlock): RoleExpectation | undefined {
  const construct = pathOf(role).replace(/\/[^/]+$/, "");
  const below = <B extends Block>(all: Blocks<B> | undefined, path: string) =>
    blocks(all).filter((block) => pathOf(block).startsWith(`${construct}/${path}`));
  const [trust] = below(data.aws_iam_policy_document, ASSUME_ROLE_POLICY_ID);
  const [partition] = below(data.aws_partition, PARTITION_ID);
  if (!trust || !partition) {
    return undefined;
  }
  const roleName = role.name ?? `${role.name_prefix ?? ""}\${unique}`;
  const policies = blocks(resource.aws_iam_policy);
  const written = (text: string) =>
    text
      .replaceAll(/\$\{data\.aws_caller_identity\.[\w-]+\.account_id\}/g, `\${${ACCOUNT}}`)
      .replaceAll(`\${data.aws_partition.${idOf(partition)}.partition}`, `\${${PARTITION}}`)
      .replaceAll(`\${aws_iam_role.${idOf(role)}.name}`, roleName);
  /** The ARN of a policy in the same stack, from its name and path. */
  const arnOf = (policy: PolicyBlock) =>
    `arn:\${${PARTITION}}:iam::\${${ACCOUNT}}:policy${policy.path ?? "/"}${written(policy.name ?? `${policy.name_prefix ?? ""}\${unique}`)}`;
  const policyArn = (arn: string) => {
    const own = policies.find((policy) => arn === `\${aws_iam_policy.${idOf(policy)}.arn}`);
    return own ? arnOf(own) : written(arn);
  };
  const [policy] = below(resource.aws_iam_policy, `${ACCESS_ID}/`);
  const [document] = below(data.aws_iam_policy_document, `${ACCESS_ID}/`);
  const { permissions_boundary } = role;
  return {
    roleName,
    policyArns: below(resource.aws_iam_role_policy_attachment, "").map(({ policy_arn }) => policyArn(policy_arn)),
    permissionsBoundary: permissions_boundary === undefined ? null : policyArn(permissions_boundary),
    trust: statementsOf(trust, locals, written),
    ...(policy &&
      document && { access: { policyArn: arnOf(policy), statements: statementsOf(document, locals, written) } }),
  };
}

function statementsOf(
  { statement = [], dynamic }: DocumentBlock,
  locals: Locals,
  written: (text: string) => string,
): ExpectedStatement[] {
  const values = (given: string | readonly string[] = []): ExpectedValues => {
    const { known, later } = valuesOf(given, locals);
    return { known: known.map(written), later: later.map(written) };
  };
  // After the resources, an expression decides whether the statement exists.
  const possible = (dynamic?.statement ?? []).map(({ for_each, content }) => ({
    ...content,
    resources: for_each.split(" : resources if ")[0] ?? "",
  }));
  return [...statement, ...possible].map((one, at) => ({
    ...(one.sid && { sid: one.sid }),
    actions: one.actions,
    resources: values(one.resources),
    conditions: (one.condition ?? []).map(({ test, variable, values: given }) => ({
      test,
      variable,
      values: values(given),
    })),
    isOptional: at >= statement.length,
  }));
}

const SECRET_REFERENCES = /\[for arn in \S+ : arn if can\(regex\("[^"]*secretsmanager[^"]*", arn\)\)\]/g;

/** The values of a list or of a list expression: literals, and values from locals. */
function valuesOf(given: string | readonly string[], locals: Locals): ExpectedValues {
  if (typeof given !== "string") {
    return { known: given, later: [] };
  }
  // A parameter that only Terraform knows can refer to a secret, unless Terraform creates it: AWS creates references.
  const filters = given.match(SECRET_REFERENCES) ?? [];
  const withoutReferences = given.replaceAll(SECRET_REFERENCES, "");
  const known = [...given.matchAll(/"((?:arn:[^"\\]+)|\*)"/g)].map(([, text = ""]) => text);
  const namedIn = (text: string) =>
    [...text.matchAll(/local\.([\w-]+)/g)].flatMap(([, name = ""]): unknown[] => [locals[name] ?? []].flat());
  const named = namedIn(withoutReferences);
  const texts = named.map((one) => (typeof one === "string" ? one : UNKNOWN));
  const isMade = (one: unknown) => typeof one === "string" && one.startsWith("${aws_ssm_parameter.");
  const references = filters.flatMap(namedIn).every(isMade) ? [] : [UNKNOWN];
  return {
    known: [...known, ...texts.filter((text) => !isTemplate(text))],
    later: [...texts.filter(isTemplate), ...references],
  };
}
