import { checkRole } from "../../cli/findings/check-role";
import { taskWithRole } from "../../cli/needs/task-with-role";
import { usesOf } from "../../cli/sources/services";
import { NO_KEYS, roleWith } from "../support/roles";

const ARN = "arn:aws:ecs:eu-west-1:111122223333:task-definition/orders:3";

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
