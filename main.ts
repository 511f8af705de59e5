import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { EcsTaskExecutionRole } from "./modules/ecs-task-execution-role";

const app = new App();
const stack = new TerraformStack(app, "ecs-task-execution-role");

new AwsProvider(stack, "aws", { region: process.env.AWS_REGION || "us-east-1" });
// The resources are alike in 5.x and 6.x of the AWS provider; the bindings alone would pin one.
stack.addOverride("terraform.required_providers.aws.version", ">= 5.72.0, < 7.0.0");

const execution = new EcsTaskExecutionRole(stack, "execution", { roleName: "fcjEcsTaskExecutionRole" });

new TerraformOutput(stack, "role_arn", { value: execution.roleArn });
new TerraformOutput(stack, "role_name", { value: execution.roleName });
new TerraformOutput(stack, "policy_arns", { value: execution.policyArns });

app.synth();
