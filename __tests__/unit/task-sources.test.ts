import { checkRole } from "../../cli/findings/check-role";
import { taskWithRole } from "../../cli/needs/task-with-role";
import { usesOf } from "../../cli/sources/services";
import { taskInFile } from "../../cli/sources/task-definition-file";
import { NO_KEYS, roleWith } from "../support/roles";

const ARN = "arn:aws:ecs:eu-west-1:111122223333:task-definition/orders:3";

const SECRET_ELSEWHERE = "arn:aws:secretsmanager:us-east-1:444455556666:secret:orders-AbCdEf";

const LOGS = {
  logDriver: "awslogs" as const,
  options: { "awslogs-group": "/ecs/connect", "awslogs-region": "eu-west-1", "awslogs-create-group": "true" },
};

const service = (serviceConnectConfiguration: object) =>
  ({
    serviceName: "api",
    taskDefinition: ARN,
    deployments: [{ taskDefinition: ARN, serviceConnectConfiguration }],
  }) as never;

const DEFINITION = { taskDefinitionArn: ARN, containerDefinitions: [{ name: "app", image: "nginx" }] };

describe("a service", () => {
  test("needs the log group of its Service Connect proxy, which is not in the task definition", async () => {
    const { task } = taskWithRole(DEFINITION, usesOf(service({ enabled: true, logConfiguration: LOGS })));
    expect(task).toMatchObject({ name: "orders:3", services: ["api"] });
    const { calls } = await checkRole(roleWith([{ Effect: "Deny", Action: "*", Resource: "*" }]), [task], NO_KEYS);
    expect(calls.map(({ action, field, tasks }) => [action, field, tasks[0]?.container])).toEqual([
      ["logs:CreateLogStream", "logGroups", "Service Connect of api"],
      ["logs:PutLogEvents", "logGroups", "Service Connect of api"],
      ["logs:CreateLogGroup", "createLogGroups", "Service Connect of api"],
    ]);
  });

  test("needs no log group if Service Connect is disabled", () => {
    expect(usesOf(service({ enabled: false, logConfiguration: LOGS }))).toEqual([
      { taskDefinition: ARN, service: "api", logs: [] },
    ]);
  });

  test("uses the task definitions of its task sets if it has another deployment controller", () => {
    const uses = usesOf({ serviceName: "api", taskSets: [{ taskDefinition: ARN }] });
    expect(uses).toEqual([{ taskDefinition: ARN, service: "api", logs: [] }]);
  });

  test("uses two task definitions during a deployment", () => {
    const deployments = [{ taskDefinition: ARN }, { taskDefinition: `${ARN}2` }];
    const uses = usesOf({ serviceName: "api", taskDefinition: ARN, deployments });
    expect(uses.map(({ taskDefinition }) => taskDefinition)).toEqual([ARN, `${ARN}2`]);
  });
});

test.each([
  ["its image", {}, "aws", "111122223333"],
  [
    "its image in China",
    { image: "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/orders" },
    "aws-cn",
    "111122223333",
  ],
  ["another account too", { secrets: [{ name: "A", valueFrom: SECRET_ELSEWHERE }] }, "aws", ""],
  ["nothing", { image: "nginx:111122223333" }, "aws", ""],
])("a task definition without an execution role is in the account of %s", async (_, more, partition, account) => {
  const container = { name: "app", image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:v1", ...more };
  const { task } = await taskInFile(
    { containerDefinitions: [container] },
    "t.json",
    async () => "us-east-1",
    new Map(),
  );
  expect(task.location).toEqual({ partition, region: "us-east-1", account });
});
