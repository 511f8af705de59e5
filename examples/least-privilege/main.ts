import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { App, Fn, TerraformStack } from "cdktf";
import { EcsTaskExecutionRole } from "cdktf-ecs-task-execution-role";

const app = new App();
const stack = new TerraformStack(app, "orders");
new AwsProvider(stack, "aws", { region: process.env.AWS_REGION || "us-east-1" });
stack.addOverride("terraform.required_providers.aws.version", ">= 5.72.0, < 7.0.0");

const repository = new EcrRepository(stack, "repository", { name: "orders", forceDelete: true });
const logGroup = new CloudwatchLogGroup(stack, "logs", { name: "/ecs/orders" });
const database = new SecretsmanagerSecret(stack, "database", { name: "orders/database", recoveryWindowInDays: 0 });
const flags = new SsmParameter(stack, "flags", { name: "/orders/flags", type: "String", value: "none" });
const bucket = new S3Bucket(stack, "config", { bucketPrefix: "orders-config-", forceDestroy: true });
const settings = new S3Object(stack, "settings", { bucket: bucket.bucket, key: "production.env", content: "A=1" });

// README: begin
const execution = new EcsTaskExecutionRole(stack, "execution", {
  access: {
    imageRepositories: [repository.arn],
    logGroups: [logGroup.arn],
    secrets: [database.arn],
    parameters: [flags.arn],
    environmentFiles: [settings.arn],
  },
});
// README: end

// A customer managed key. Its key policy allows principalArn; grant() below allows the role to use the key.
const account = new DataAwsCallerIdentity(stack, "account");
const key = new KmsKey(stack, "key", {
  description: "secrets of the orders service",
  policy: Fn.jsonencode({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Administer",
        Effect: "Allow",
        Principal: { AWS: account.accountId },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "ReadSecrets",
        Effect: "Allow",
        Principal: { AWS: execution.principalArn },
        Action: "kms:Decrypt",
        Resource: "*",
      },
    ],
  }),
});
const token = new SecretsmanagerSecret(stack, "token", {
  name: "orders/token",
  kmsKeyId: key.arn,
  recoveryWindowInDays: 0,
});
// README-GRANT: begin
execution.grant({ secrets: [token.arn], decryptionKeys: [key.arn] });
// README-GRANT: end

new EcsTaskDefinition(stack, "task", {
  family: "orders",
  requiresCompatibilities: ["FARGATE"],
  networkMode: "awsvpc",
  cpu: "256",
  memory: "512",
  executionRoleArn: execution.roleArn,
  containerDefinitions: Fn.jsonencode([
    {
      name: "orders",
      image: `${repository.repositoryUrl}:v1`,
      environmentFiles: [{ type: "s3", value: settings.arn }],
      secrets: [
        { name: "DATABASE", valueFrom: database.arn },
        { name: "TOKEN", valueFrom: token.arn },
        { name: "FLAGS", valueFrom: flags.arn },
      ],
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": logGroup.name,
          "awslogs-region": process.env.AWS_REGION || "us-east-1",
          "awslogs-stream-prefix": "orders",
        },
      },
    },
  ]),
});

app.synth();
