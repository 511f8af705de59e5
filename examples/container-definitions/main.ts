import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { App, Fn, TerraformStack } from "cdktf";
import { EcsTaskExecutionRole } from "cdktf-ecs-task-execution-role";

const app = new App();
const stack = new TerraformStack(app, "orders");
const region = process.env.AWS_REGION || "us-east-1";
new AwsProvider(stack, "aws", { region });
stack.addOverride("terraform.required_providers.aws.version", ">= 5.72.0, < 7.0.0");

const repository = new EcrRepository(stack, "repository", {
  name: "orders",
  imageTagMutability: "IMMUTABLE",
  imageScanningConfiguration: { scanOnPush: true },
  forceDelete: true,
});
const logGroup = new CloudwatchLogGroup(stack, "logs", { name: "/ecs/orders", retentionInDays: 30 });
const database = new SecretsmanagerSecret(stack, "database", { name: "orders/database", recoveryWindowInDays: 0 });

const containers = [
  {
    name: "orders",
    image: `${repository.repositoryUrl}:v1`,
    secrets: [
      { name: "DATABASE", valueFrom: `${database.arn}:url::` },
      { name: "FLAGS", valueFrom: "/orders/flags" },
    ],
    logConfiguration: {
      logDriver: "awslogs",
      options: { "awslogs-group": logGroup.name, "awslogs-region": region, "awslogs-stream-prefix": "orders" },
    },
  },
  { name: "proxy", image: "public.ecr.aws/nginx/nginx:1.27", essential: false },
];

// README: begin
const execution = new EcsTaskExecutionRole(stack, "execution", {
  roleNamePrefix: "orders-",
  access: { containerDefinitions: containers },
});
// README: end

new EcsTaskDefinition(stack, "task", {
  family: "orders",
  requiresCompatibilities: ["FARGATE"],
  networkMode: "awsvpc",
  cpu: "256",
  memory: "512",
  executionRoleArn: execution.roleArn,
  containerDefinitions: Fn.jsonencode(containers),
});

app.synth();
