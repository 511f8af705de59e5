import { DescribeTaskDefinitionCommand, ECSClient } from "@aws-sdk/client-ecs";
import { IAMClient } from "@aws-sdk/client-iam";
import type { RoleWithPolicies } from "../../cli/account/policies";
import { rolesOf } from "../../cli/account/role";
import { nameIn } from "../../cli/arns";
import { checkCalls } from "../../cli/findings/check-calls";
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
  /** Calls that the broad role is allowed and the execution role is not, most dangerous first. */
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
  const { taskDefinition = {} } = await new ECSClient(client).send(
    new DescribeTaskDefinitionCommand({ taskDefinition: family }),
  );
  const { task, roleArn = "" } = taskWithRole(taskDefinition, []);
  const executionRole = nameIn(roleArn);
  const roles = rolesOf(new IAMClient(client));
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
  const examples = ofBroad.excess.map(({ example }) => ({ ...example, keys: {}, task: "", component: "", field: "" }));
  const [byBroad, byExact] = await Promise.all(
    [broad, exact].map((role) => checkCalls(role, examples, task.location.region)),
  );
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
    onlyBroad: (byBroad ?? []).filter(({ allowed }, at) => allowed && !byExact?.[at]?.allowed),
  };
}

function clientOf({ AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY }: Environment) {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  return {
    endpoint: AWS_ENDPOINT_URL ?? "",
    region: AWS_REGION ?? "",
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID ?? "", secretAccessKey: AWS_SECRET_ACCESS_KEY ?? "" },
  };
}
