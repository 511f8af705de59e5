import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, Fn, TerraformStack } from "cdktf";
import { EcsTaskExecutionRole } from "cdktf-ecs-task-execution-role";

const app = new App();
const stack = new TerraformStack(app, "orders");
new AwsProvider(stack, "aws", { region: "us-east-1" });

const containerDefinitions = [
  {
    name: "orders",
    image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/orders:v1",
    secrets: [
      { name: "DATABASE_URL", valueFrom: "arn:aws:secretsmanager:us-east-1:111122223333:secret:orders-AbCdEf" },
    ],
    logConfiguration: {
      logDriver: "awslogs",
      options: { "awslogs-group": "/ecs/orders", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "ecs" },
    },
  },
];

const execution = new EcsTaskExecutionRole(stack, "execution", {
  roleNamePrefix: "orders-",
  access: { containerDefinitions },
});

new EcsTaskDefinition(stack, "task", {
  family: "orders",
  requiresCompatibilities: ["FARGATE"],
  networkMode: "awsvpc",
  cpu: "256",
  memory: "512",
  executionRoleArn: execution.roleArn,
  containerDefinitions: Fn.jsonencode(containerDefinitions),
});

app.synth();
