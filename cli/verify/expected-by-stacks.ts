import {
  ACCESS_ID,
  ASSUME_ROLE_POLICY_ID,
  PARTITION_ID,
} from "../../modules/ecs-task-execution-role/resources/child-ids";
import type { ExpectedStatement, ExpectedValues } from "./policies/expected-statement";
import { isTemplate, UNKNOWN } from "./policies/template";
import { ACCOUNT, PARTITION, type RoleExpectation } from "./role-expectation";
import { type Block, idOf, pathOf, type StackJson } from "./stack-json";
import { stacksIn } from "./synthesized";
import { statementsOfModule } from "./unknown-statements";

/** The execution roles in the stacks that an app wrote into its output folder. */
export function expectedByStacks(outputFolder: string): RoleExpectation[] {
  return stacksIn(outputFolder).flatMap(({ json }) => rolesIn(json));
}

export function rolesIn(stack: StackJson): RoleExpectation[] {
  return Object.values(stack.resource?.aws_iam_role ?? {}).flatMap((role) => roleIn(stack, role) ?? []);
}

/** The expected role of a construct; undefined for any other role. */
function roleIn({ resource = {}, data = {}, module = {}, locals = {} }: StackJson, role: Block) {
  const construct = pathOf(role).replace(/\/[^/]+$/, "");
  const below = <B extends Block>(blocks: Readonly<Record<string, B>> = {}, path = "") =>
    Object.values(blocks).filter((block) => pathOf(block).startsWith(`${construct}/${path}`));
  const [trust] = below(data.aws_iam_policy_document, ASSUME_ROLE_POLICY_ID);
  const [partition] = below(data.aws_partition, PARTITION_ID);
  if (!trust || !partition) {
    return undefined;
  }
  const roleName = nameOf(role);
  const written = (text: string) =>
    text
      .replaceAll(/\$\{data\.aws_caller_identity\.[\w-]+\.account_id\}/g, ACCOUNT)
      .replaceAll(`\${data.aws_partition.${idOf(partition)}.partition}`, PARTITION)
      .replaceAll(`\${aws_iam_role.${idOf(role)}.name}`, roleName);
  /** The ARN of a policy in the same stack, from its name and path. */
  const arnOf = (policy: Block) =>
    `arn:${PARTITION}:iam::${ACCOUNT}:policy${policy.path ?? "/"}${written(nameOf(policy))}`;
  const policyArn = (arn = "") => {
    const own = Object.values(resource.aws_iam_policy ?? {}).find(
      (one) => arn === `\${aws_iam_policy.${idOf(one)}.arn}`,
    );
    return own ? arnOf(own) : written(arn);
  };
  const [policy] = below(resource.aws_iam_policy, `${ACCESS_ID}/`);
  const [document] = below(data.aws_iam_policy_document, `${ACCESS_ID}/document`);
  const [call] = below(module, `${ACCESS_ID}/`);
  const { permissions_boundary } = role;
  return {
    roleName,
    policyArns: below(resource.aws_iam_role_policy_attachment).map(({ policy_arn }) => policyArn(policy_arn)),
    permissionsBoundary: permissions_boundary === undefined ? null : policyArn(permissions_boundary),
    trust: statementsOf(trust, locals, written),
    ...(policy &&
      document && {
        access: {
          policyArn: arnOf(policy),
          statements: [...statementsOf(document, locals, written), ...(call ? statementsOfModule(call) : [])],
        },
      }),
  };
}

/** A generated name ends with what only Terraform knows. */
const nameOf = ({ name, name_prefix = "" }: Block) => name ?? `${name_prefix}${UNKNOWN}`;

function statementsOf(
  { statement = [] }: Block,
  locals: NonNullable<StackJson["locals"]>,
  written: (text: string) => string,
): ExpectedStatement[] {
  // A list with unknown values is an expression of a local.
  const inLocal = (text: string) => [locals[text.match(/\blocal\.([\w-]+)/)?.[1] ?? ""] ?? []].flat().map(String);
  const values = (given: string | readonly string[] = []): ExpectedValues => {
    if (typeof given !== "string") {
      return { known: given.map(written), unknown: [] };
    }
    const texts = inLocal(given);
    return { known: texts.filter((text) => !isTemplate(text)), unknown: texts.filter(isTemplate) };
  };
  return statement.map(({ sid, actions, resources, condition = [] }) => ({
    ...(sid && { sid }),
    actions,
    resources: values(resources),
    conditions: condition.map(({ test, variable, values: given }) => ({ test, variable, values: values(given) })),
    isOptional: false,
  }));
}
