import { App, TerraformStack } from "cdktf";
import { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import { otherPolicy } from "../../modules/ecs-task-execution-role/permissions/other-policies";

const ROLE = "arn:aws:iam::111122223333:role/orders";

describe("the policies for other principals and resources", () => {
  test("let a deployer pass only this role, only to ECS tasks, and let only this role pull and decrypt", () => {
    const { Statement } = JSON.parse(otherPolicy("passRolePolicy", ROLE));
    expect(Statement).toEqual([
      {
        Sid: "PassTaskExecutionRole",
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: ROLE,
        Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
      },
    ]);
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
