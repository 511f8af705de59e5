import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, S3Backend, TerraformOutput, TerraformStack } from "cdktf";
import { DEFAULT_MANAGED_POLICIES, EcsTaskExecutionRole } from "./modules/ecs-task-execution-role";

const { STATE_BUCKET, STATE_KEY, STATE_REGION } = process.env;
const region = process.env.AWS_REGION || "us-east-1";
const app = new App();
const stack = new TerraformStack(app, "ecs-task-execution-role");

new AwsProvider(stack, "aws", { region });
// The resources are alike in 5.x and 6.x of the AWS provider; the bindings alone would pin one.
stack.addOverride("terraform.required_providers.aws.version", ">= 5.72.0, < 7.0.0");

if (STATE_BUCKET) {
  const key = STATE_KEY || "ecs-task-execution-role.tfstate";
  new S3Backend(stack, { bucket: STATE_BUCKET, key, region: STATE_REGION || region, encrypt: true });
  stack.addOverride("terraform.backend.s3.use_lockfile", true);
}

const execution = new EcsTaskExecutionRole(stack, "execution", {
  roleName: "fcjEcsTaskExecutionRole",
  managedPolicies: DEFAULT_MANAGED_POLICIES,
});

new TerraformOutput(stack, "role_arn", { value: execution.roleArn, description: "ARN of the role." });
new TerraformOutput(stack, "role_name", { value: execution.roleName, description: "Name of the role." });
new TerraformOutput(stack, "policy_arns", { value: execution.policyArns, description: "ARNs of its policies." });

app.synth();
