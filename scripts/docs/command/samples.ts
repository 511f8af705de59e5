import { stripVTControlCharacters } from "node:util";
import type { RoleWithPolicies } from "../../../cli/aws-calls/policies";
import { POLICY_TO_READ } from "../../../cli/aws-calls/reads";
import type { Keys } from "../../../cli/aws-calls/stored";
import { COMMANDS } from "../../../cli/commands/commands";
import { asTerraform } from "../../../cli/derive/as-terraform";
import { deriveRole } from "../../../cli/derive/derived-role";
import { checkRole } from "../../../cli/findings/check-role";
import { taskWithRole } from "../../../cli/needs/task-with-role";
import { asTables } from "../../../cli/reports/table/table";
import { MODULE_SOURCE } from "../../../cli/version";
import { DEFAULT_MANAGED_POLICIES } from "../../../modules/ecs-task-execution-role/permissions/managed-policies";
import { ECS_TASKS } from "../../../modules/ecs-task-execution-role/permissions/trust-fields";
import { code } from "../markdown";

/*
 * Output of the command for the documentation: for a task with a secret that has a customer managed key, and for a
 * handwritten role.
 */

const IN = "eu-west-1:111122223333";
const SECRET = `arn:aws:secretsmanager:${IN}:secret:orders/database-AbCdEf`;

const CONTAINER = {
  name: "app",
  image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders:v3",
  logConfiguration: {
    logDriver: "awslogs" as const,
    options: { "awslogs-group": "/ecs/orders", "awslogs-region": "eu-west-1" },
  },
  secrets: [{ name: "DATABASE", valueFrom: SECRET }],
};

const { task: TASK } = taskWithRole(
  { taskDefinitionArn: `arn:aws:ecs:${IN}:task-definition/orders:3`, containerDefinitions: [CONTAINER] },
  [{ taskDefinition: "orders:3", service: "api", logs: [] }],
);

const KEYS: Keys = async () => ({
  exists: true,
  arn: SECRET,
  keyArn: `arn:aws:kms:${IN}:key/1a2b3c4d-0000-0000-0000-000000000000`,
});

const allow = (Action: readonly string[], Resource: string) => ({ Effect: "Allow", Action, Resource });

const ROLE: RoleWithPolicies = {
  arn: "arn:aws:iam::111122223333:role/orders-execution",
  tags: {},
  trust: {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: ECS_TASKS } }],
  },
  policies: [
    {
      name: "orders",
      document: {
        Version: "2012-10-17",
        Statement: [
          allow(["ecr:GetAuthorizationToken"], "*"),
          allow(
            ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            `arn:aws:ecr:${IN}:repository/orders`,
          ),
          allow(["logs:CreateLogStream", "logs:PutLogEvents"], `arn:aws:logs:${IN}:log-group:/ecs/orders:*`),
          { Sid: "Secrets", ...allow(["secretsmanager:*"], "*") },
        ],
      },
    },
  ],
};

/** The output of check. */
export async function checkSample(): Promise<string> {
  const taskDefinitions = [{ name: TASK.name, services: TASK.services }];
  const report = { role: ROLE.arn, taskDefinitions, ...(await checkRole(ROLE, [TASK], KEYS)) };
  return code("text", stripVTControlCharacters(asTables([report])));
}

/** The output of derive for a role with the workshop's policies. */
export async function deriveSample(): Promise<string> {
  const policies = Object.values(DEFAULT_MANAGED_POLICIES).map((policy) => ({
    name: `arn:aws:iam::aws:policy/${policy}`,
    document: { Statement: [] },
  }));
  return code(
    "hcl",
    asTerraform(await deriveRole([TASK], KEYS, { ...ROLE, policies }), "execution_role", MODULE_SOURCE),
  );
}

/** The help of a command. */
export function usage(name: string): string {
  return code("text", COMMANDS[name]?.usage ?? "");
}

export function policyToRead(): string {
  return code("json", POLICY_TO_READ);
}
