import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { synthesizeRoles } from "./synthesize-roles";

const POLICIES = [
  "service-role/AmazonECSTaskExecutionRolePolicy",
  "AmazonEC2ContainerRegistryReadOnly",
  "CloudWatchLogsFullAccess",
  "SecretsManagerReadWrite",
];

/** The same resources as somebody would write them without the construct. */
synthesizeRoles((stack, id) => {
  const { partition } = new DataAwsPartition(stack, `${id}-partition`);
  const trust = new DataAwsIamPolicyDocument(stack, `${id}-trust`, {
    statement: [
      {
        actions: ["sts:AssumeRole"],
        principals: [{ type: "Service", identifiers: ["ecs-tasks.amazonaws.com"] }],
      },
    ],
  });
  const role = new IamRole(stack, id, { name: id, assumeRolePolicy: trust.json });
  for (const policy of POLICIES) {
    new IamRolePolicyAttachment(stack, `${id}-${policy}`, {
      role: role.name,
      policyArn: `arn:${partition}:iam::aws:policy/${policy}`,
    });
  }
});
