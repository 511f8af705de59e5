import type { RoleWithPolicies } from "../../cli/aws-calls/policies";
import type { Keys } from "../../cli/aws-calls/stored";
import { checkRole } from "../../cli/findings/check-role";
import { componentsOf, type Task } from "../../cli/needs/task";
import type { PolicyJson, StatementJson } from "../../cli/policy-json";
import type { TaskExecutionAccess } from "../../modules/ecs-task-execution-role/inputs/access";
import { accessStatements } from "../../modules/ecs-task-execution-role/synth/access-statements";
import { grantsOf } from "../../modules/ecs-task-execution-role/synth/grants";
import { ECS_TASKS_TRUST } from "./account";

const LOCATION = { partition: "aws", region: "us-east-1", account: "111122223333" };

/** Every secret and parameter exists, and none has a customer managed key. */
export const NO_KEYS: Keys = async () => ({ exists: true });

export function taskOf(containerDefinitions: readonly object[], more: object = {}, name = "orders:1"): Task {
  const definition = { containerDefinitions, ...more } as Parameters<typeof componentsOf>[0];
  return { name, services: [], location: LOCATION, components: componentsOf(definition, LOCATION) };
}

/** The statements that the construct writes for an access. */
export function statementsFor(access: TaskExecutionAccess): StatementJson[] {
  return accessStatements(grantsOf(access, LOCATION)).map(({ sid, actions, resources, condition = [] }) => ({
    Sid: sid,
    Effect: "Allow",
    Action: actions,
    Resource: resources,
    ...(condition.length > 0 && {
      Condition: Object.fromEntries(
        condition.map(({ test, variable, values }) => [
          test,
          { [variable]: values.map((value) => value.replace("&{", "${")) },
        ]),
      ),
    }),
  }));
}

/** A trust policy with a condition. */
export const trusting = (Condition: object) =>
  ({
    ...ECS_TASKS_TRUST,
    Statement: ECS_TASKS_TRUST.Statement.map((one) => ({ ...one, Condition })),
  }) as unknown as PolicyJson;

export const SECRET = "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf";

/** A container that needs an image, a log group, a secret and an environment file. */
export const CONTAINER = {
  name: "app",
  image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:v1",
  logConfiguration: {
    logDriver: "awslogs",
    options: { "awslogs-group": "/ecs/orders", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "orders" },
  },
  secrets: [{ name: "PASSWORD", valueFrom: SECRET }],
  environmentFiles: [{ type: "s3", value: "arn:aws:s3:::orders-config/production.env" }],
};

export function roleWith(Statement: readonly StatementJson[], more: Partial<RoleWithPolicies> = {}): RoleWithPolicies {
  return {
    arn: "arn:aws:iam::111122223333:role/orders",
    trust: ECS_TASKS_TRUST as unknown as PolicyJson,
    tags: {},
    policies: [policy(Statement)],
    ...more,
  };
}

export const policy = (Statement: readonly StatementJson[], name = "own") => ({
  name,
  document: { Version: "2012-10-17", Statement },
});

/** What the construct grants for the container, and a task with only this container. */
export const EXACT = statementsFor({ containerDefinitions: [CONTAINER] });
export const TASK = taskOf([CONTAINER]);

/** The same statements, of which one is different. */
export const changed = (sid: string, change: Partial<StatementJson>) =>
  EXACT.map((one) => (one.Sid === sid ? { ...one, ...change } : one));

/** The same statements without one of them. */
export const without = (sid: string) => EXACT.filter(({ Sid }) => Sid !== sid);

/** The verdict on the first call with an action: `ok`, `denied`, or the condition under which it is allowed. */
export async function verdict(
  role: RoleWithPolicies,
  action: string,
  { task = TASK, keys = NO_KEYS } = {},
): Promise<string | undefined> {
  const { calls } = await checkRole(role, [task], keys);
  const found = calls.find((one) => one.action === action);
  return found && (found.allowed ? (found.onlyWith ?? "ok") : "denied");
}
