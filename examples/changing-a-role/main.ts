import type { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import type { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { DEFAULT_MANAGED_POLICIES, EcsTaskExecutionRole } from "cdktf-ecs-task-execution-role";

const app = new App();
const stack = new TerraformStack(app, "changing-a-role");
new AwsProvider(stack, "aws", { region: process.env.AWS_REGION || "us-east-1" });
stack.addOverride("terraform.required_providers.aws.version", ">= 5.72.0, < 7.0.0");

// BOTH: begin
const billing = new EcsTaskExecutionRole(stack, "billing", {
  roleName: "billing-execution",
  managedPolicies: DEFAULT_MANAGED_POLICIES,
  access: { secrets: ["arn:aws:secretsmanager:us-east-1:111122223333:secret:billing/database-AbCdEf"] },
});
// BOTH: end

// KEEP: begin
billing.role.lifecycle = { preventDestroy: true };
// KEEP: end

// RENAME: begin
// The ID was "execution". `terraform state list` prints the previous addresses of the resources.
const orders = new EcsTaskExecutionRole(stack, "orders", {
  roleName: "orders-execution",
  access: { secrets: ["arn:aws:secretsmanager:us-east-1:111122223333:secret:orders/database-AbCdEf"] },
});
const access = orders.node.findChild("access").node;
orders.role.moveFromId("aws_iam_role.execution_76218383");
(access.findChild("Resource") as IamPolicy).moveFromId("aws_iam_policy.execution_access_DF7DA25C");
(access.findChild("attachment") as IamRolePolicyAttachment).moveFromId(
  "aws_iam_role_policy_attachment.execution_access_attachment_B798FFED",
);
// RENAME: end

// RENAME-KEY: begin
const reports = new EcsTaskExecutionRole(stack, "reports", {
  roleName: "reports-execution",
  managedPolicies: { "write-logs": "CloudWatchLogsFullAccess" }, // The key was "logs".
});
(reports.node.findChild("managed-write-logs") as IamRolePolicyAttachment).moveFromId(
  "aws_iam_role_policy_attachment.reports_managed-logs_C6C62EC8",
);
// RENAME-KEY: end

app.synth();
