import { App, TerraformStack } from "cdktf";
import { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import { otherPolicy } from "../../modules/ecs-task-execution-role/permissions/other-policies";
import { allows } from "../support/evaluate";

const ROLE = "arn:aws:iam::111122223333:role/orders";

describe("the policies for other principals and resources", () => {
  const toEcs = { "iam:PassedToService": "ecs-tasks.amazonaws.com" };

  test.each([
    ["this role to ECS tasks", ROLE, toEcs, true],
    ["this role to another service", ROLE, { "iam:PassedToService": "ec2.amazonaws.com" }, false],
    ["another role", `${ROLE}-admin`, toEcs, false],
  ])("allow a deployer to pass only this role to ECS tasks: %s", async (_, resource, context, expected) => {
    const policy = JSON.parse(otherPolicy("passRolePolicy", ROLE));
    expect(await allows([policy], { action: "iam:PassRole", resource, context })).toBe(expected);
  });

  test("name the role, and restrict the key to the services that decrypt with it", () => {
    expect(JSON.parse(otherPolicy("keyPolicyStatement", ROLE))).toEqual({
      Sid: "DecryptForTaskExecutionRole",
      Effect: "Allow",
      Principal: { AWS: ROLE },
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: { StringLike: { "kms:ViaService": ["secretsmanager.*", "ssm.*", "s3.*"] } },
    });
    expect(JSON.parse(otherPolicy("repositoryPolicyStatement", ROLE))).toEqual({
      Sid: "PullForTaskExecutionRole",
      Effect: "Allow",
      Principal: { AWS: ROLE },
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    });
  });

  test("use principalArn, which does not create a dependency cycle", () => {
    const execution = new EcsTaskExecutionRole(new TerraformStack(new App(), "stack"), "execution");
    for (const json of [execution.passRolePolicy, execution.keyPolicyStatement, execution.repositoryPolicyStatement]) {
      expect(json).toContain(execution.principalArn);
      expect(() => JSON.parse(json)).not.toThrow();
    }
  });
});
