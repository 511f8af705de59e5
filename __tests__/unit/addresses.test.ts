import { EcsTaskExecutionRole, type EcsTaskExecutionRoleProps } from "../../modules/ecs-task-execution-role";
import { synthesize } from "../support/synthesize";

const addressesOf = (props: EcsTaskExecutionRoleProps) => {
  const { resource, data } = synthesize((stack) => {
    new EcsTaskExecutionRole(stack, "execution", props);
  });
  const of = (blocks: typeof resource, prefix: string) =>
    Object.entries(blocks).flatMap(([type, all]) => Object.keys(all).map((name) => `${prefix}${type}.${name}`));
  return [...of(data, "data."), ...of(resource, "")].sort();
};

// The state of users contains these addresses. Changing one replaces a role or detaches its policies.
describe("resource addresses", () => {
  test("of the default role match the first release", () => {
    expect(addressesOf({})).toEqual([
      "aws_iam_role.execution_76218383",
      "aws_iam_role_policy_attachment.execution_managed-AmazonEC2ContainerRegistryReadOnly_5AA5D2F5",
      "aws_iam_role_policy_attachment.execution_managed-AmazonECSTaskExecutionRolePolicy_18FD1C5B",
      "aws_iam_role_policy_attachment.execution_managed-CloudWatchLogsFullAccess_61FBD16B",
      "aws_iam_role_policy_attachment.execution_managed-SecretsManagerReadWrite_8E9556D1",
      "data.aws_iam_policy_document.execution_assume-role-policy_D3454B81",
      "data.aws_partition.execution_partition_B242EF9F",
    ]);
  });

  test("of a least-privilege role match the first release", () => {
    expect(addressesOf({ access: { guardDutyAgent: true } })).toEqual([
      "aws_iam_policy.execution_access_DF7DA25C",
      "aws_iam_role.execution_76218383",
      "aws_iam_role_policy_attachment.execution_access_attachment_B798FFED",
      "data.aws_iam_policy_document.execution_access_document_46C54A5C",
      "data.aws_iam_policy_document.execution_assume-role-policy_D3454B81",
      "data.aws_partition.execution_partition_B242EF9F",
    ]);
  });

  test("of the resources that exclusive adds match the first release", () => {
    expect(addressesOf({ exclusive: true, managedPolicies: {} })).toEqual([
      "aws_iam_role.execution_76218383",
      "aws_iam_role_policies_exclusive.execution_exclusive-inline-policies_A284733E",
      "aws_iam_role_policy_attachments_exclusive.execution_exclusive-attachments_E65E63AF",
      "data.aws_iam_policy_document.execution_assume-role-policy_D3454B81",
      "data.aws_partition.execution_partition_B242EF9F",
    ]);
  });
});
