import { DescribeTaskDefinitionCommand, ECSClient } from "@aws-sdk/client-ecs";
import { nameIn } from "../../cli/arns";
import type { RoleWithPolicies } from "../../cli/aws-calls/policies";
import { iamClient, rolesOf } from "../../cli/aws-calls/role";
import { checkRole } from "../../cli/findings/check-role";
import type { RoleFindings } from "../../cli/findings/findings";
import { taskWithRole } from "../../cli/needs/task-with-role";
import { list } from "../../cli/policy-json";
import type { Environment } from "../tools/child-process";

/**
 * The policies of a task definition's execution role, and what a broad role is allowed besides, evaluated with the
 * policies in the emulated AWS.
 *
 * @param environment the environment of a command that reaches the emulated AWS.
 * @throws Error if the execution role is denied something that its task needs, or allowed something else.
 */
export async function compareRoles(environment: Environment, broadRole: string, family: string): Promise<string> {
  const client = clientOf(environment);
  const roles = rolesOf(iamClient(client));
  const { taskDefinition = {} } = await new ECSClient(client).send(
    new DescribeTaskDefinitionCommand({ taskDefinition: family }),
  );
  const { task, roleArn = "" } = taskWithRole(taskDefinition, []);
  const executionRole = nameIn(roleArn);
  const [broad, exact] = (await Promise.all([broadRole, executionRole].map(roles.named))) as [
    RoleWithPolicies,
    RoleWithPolicies,
  ];
  const underAwsKeys = async () => ({ exists: true });
  const ofBroad = await checkRole(broad, [task], underAwsKeys);
  const ofExact = await checkRole(exact, [task], underAwsKeys);
  const wrong = [...ofExact.calls.filter(({ allowed }) => !allowed), ...ofExact.excess];
  if (wrong.length > 0) {
    throw new Error(`${executionRole} is not exact: ${JSON.stringify(wrong)}`);
  }
  return [
    "The policy derived from the container definitions:",
    "",
    ...statementLines(exact),
    "",
    `${executionRole}: allowed the ${ofExact.calls.length} calls that its task needs, and no other.`,
    `${broadRole}: also allowed ${ofBroad.excess.length} kinds of calls that the task does not need (x stands for any name):`,
    ...differenceLines(ofBroad),
  ].join("\n");
}

const WIDTH = 16;

function statementLines({ policies }: RoleWithPolicies): string[] {
  return policies.flatMap(({ document }) =>
    list(document.Statement).flatMap(({ Sid = "", Action, Resource }) => [
      `${Sid.padEnd(WIDTH)}${list(Action).join(", ")}`,
      `${" ".repeat(WIDTH)}on ${list(Resource).join(", ")}`,
    ]),
  );
}

const SHOWN = 8;

/** The most dangerous calls that a role is allowed besides, and those of the task that it is denied. */
function differenceLines({ excess, calls }: RoleFindings): string[] {
  const shown = excess.slice(0, SHOWN).map(({ example }) => example);
  const width = Math.max(...shown.map(({ action }) => action.length)) + 2;
  const denied = calls.filter(({ allowed }) => !allowed);
  return [
    ...shown.map(({ action, resource }) => `  ${action.padEnd(width)}${resource}`),
    `  ... and ${excess.length - SHOWN} more`,
    ...denied.map(({ action, resource }) => `It is denied a call that the task needs: ${action} on ${resource}`),
  ];
}

function clientOf({ AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY }: Environment) {
  return {
    endpoint: AWS_ENDPOINT_URL ?? "",
    region: AWS_REGION ?? "",
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID ?? "", secretAccessKey: AWS_SECRET_ACCESS_KEY ?? "" },
  };
}
