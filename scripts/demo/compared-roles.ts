import { DescribeTaskDefinitionCommand, ECSClient } from "@aws-sdk/client-ecs";
import type { RoleWithPolicies } from "../../cli/account/policies";
import { iamClient, rolesOf } from "../../cli/account/role";
import { nameIn } from "../../cli/arns";
import { checkRole } from "../../cli/findings/check-role";
import { taskWithRole } from "../../cli/needs/task-with-role";
import { list } from "../../cli/policy-json";
import type { Environment } from "../parts/child-process";

interface Call {
  readonly action: string;
  readonly resource: string;
}

/** A broad role and the execution role of a task definition, evaluated with their policies in the emulated AWS. */
export interface Compared {
  readonly executionRole: string;
  /** The statements of the execution role's policies. */
  readonly statements: readonly { readonly sid: string; readonly actions: string; readonly resources: string }[];
  /** The number of calls that the task needs; the execution role is allowed all of them and nothing else. */
  readonly needed: number;
  /** The calls of the task that the broad role is denied. */
  readonly deniedToBroad: readonly Call[];
  /** An example of each permission of the broad role that the task does not need, most dangerous first. */
  readonly onlyBroad: readonly Call[];
}

/**
 * Evaluates both roles.
 *
 * @param environment the environment of a command that reaches the emulated AWS.
 * @throws Error if the execution role is denied something that its task needs, or allowed something else.
 */
export async function compareRoles(environment: Environment, broadRole: string, family: string): Promise<Compared> {
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
  return {
    executionRole,
    statements: exact.policies.flatMap(({ document }) =>
      list(document.Statement).map(({ Sid = "", Action, Resource }) => ({
        sid: Sid,
        actions: list(Action).join(", "),
        resources: list(Resource).join(", "),
      })),
    ),
    needed: ofExact.calls.length,
    deniedToBroad: ofBroad.calls.filter(({ allowed }) => !allowed),
    onlyBroad: ofBroad.excess.map(({ example }) => example),
  };
}

function clientOf({ AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY }: Environment) {
  return {
    endpoint: AWS_ENDPOINT_URL ?? "",
    region: AWS_REGION ?? "",
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID ?? "", secretAccessKey: AWS_SECRET_ACCESS_KEY ?? "" },
  };
}
