import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsSubnets } from "@cdktf/provider-aws/lib/data-aws-subnets";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Fn, TerraformOutput, TerraformStack } from "cdktf";
import { EcsTaskExecutionRole } from "cdktf-ecs-task-execution-role";
import type { Construct } from "constructs";
import { awsProvider, REGION } from "./aws-provider";
import type { SharedStack } from "./shared-stack";

/** The service with its secret, its two roles and its task definition. */
export class ServiceStack extends TerraformStack {
  constructor(scope: Construct, id: string, { cluster, repository, logGroup }: SharedStack) {
    super(scope, id);
    awsProvider(this);

    // README: begin
    const execution = new EcsTaskExecutionRole(this, "execution", {
      roleName: "orders-execution",
      access: { imageRepositories: [repository.arn], logGroups: [logGroup.arn] },
    });
    const key = this.keyFor(execution.principalArn);
    const database = new SecretsmanagerSecret(this, "database", { name: "orders/database", kmsKeyId: key.arn });
    execution.grant({ secrets: [database.arn], decryptionKeys: [key.arn] });
    // README: end
    new SecretsmanagerSecretVersion(this, "database-value", {
      secretId: database.id,
      secretString: "postgres://orders@example/orders",
      // Terraform sets the initial value only. Rotation replaces it.
      lifecycle: { ignoreChanges: ["secret_string"] },
    });

    // The task role is a separate role: the application uses it, and must not be able to read the
    // secrets or pull the images that ECS needs to start the task.
    const task = new IamRole(this, "task", {
      name: "orders-task",
      assumeRolePolicy: Fn.jsonencode({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
      }),
    });

    const definition = new EcsTaskDefinition(this, "definition", {
      family: "orders",
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: "256",
      memory: "512",
      // roleArn, not principalArn: no task starts before every policy is attached to the role.
      executionRoleArn: execution.roleArn,
      taskRoleArn: task.arn,
      containerDefinitions: Fn.jsonencode([
        {
          name: "orders",
          image: `${repository.repositoryUrl}:latest`,
          secrets: [{ name: "DATABASE_URL", valueFrom: database.arn }],
          logConfiguration: {
            logDriver: "awslogs",
            options: {
              "awslogs-group": logGroup.name,
              "awslogs-region": REGION,
              "awslogs-stream-prefix": "orders",
            },
          },
        },
      ]),
    });

    const vpc = new DataAwsVpc(this, "vpc", { default: true });
    const subnets = new DataAwsSubnets(this, "subnets", { filter: [{ name: "vpc-id", values: [vpc.id] }] });
    new EcsService(this, "service", {
      name: "orders",
      cluster: cluster.arn,
      taskDefinition: definition.arn,
      desiredCount: 1,
      launchType: "FARGATE",
      networkConfiguration: { subnets: subnets.ids, assignPublicIp: true },
    });

    new TerraformOutput(this, "execution_role_arn", { value: execution.roleArn });
    new TerraformOutput(this, "task_role_arn", { value: task.arn });
  }

  /** A KMS key that the account administers and the role can use to decrypt. */
  private keyFor(principalArn: string): KmsKey {
    const { accountId } = new DataAwsCallerIdentity(this, "account");
    const { partition } = new DataAwsPartition(this, "partition");
    return new KmsKey(this, "key", {
      description: "secrets of the orders service",
      policy: Fn.jsonencode({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Administer",
            Effect: "Allow",
            Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
            Action: "kms:*",
            Resource: "*",
          },
          {
            Sid: "DecryptSecrets",
            Effect: "Allow",
            Principal: { AWS: principalArn },
            Action: "kms:Decrypt",
            Resource: "*",
          },
        ],
      }),
    });
  }
}
