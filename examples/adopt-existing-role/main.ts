import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { EcsTaskExecutionRole } from "cdktf-ecs-task-execution-role";

const app = new App();
const stack = new TerraformStack(app, "adopt-existing-role");
new AwsProvider(stack, "aws", { region: process.env.AWS_REGION || "us-east-1" });
stack.addOverride("terraform.required_providers.aws.version", ">= 5.72.0, < 7.0.0");

// README: begin
const execution = new EcsTaskExecutionRole(stack, "execution", {
  roleName: "fcjEcsTaskExecutionRole",
  // The console sets this description. Without it, Terraform removes the description from the role.
  description: "Allows ECS tasks to call AWS services on your behalf.",
});
execution.adopt();
// README: end

app.synth();
