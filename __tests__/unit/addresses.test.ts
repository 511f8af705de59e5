import { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import { synthesize } from "./synthesize";

const addresses = (managedPolicies?: Record<string, string>) => {
  const { resource, data } = synthesize((stack) => {
    new EcsTaskExecutionRole(stack, "execution", { managedPolicies });
  });
  const of = (blocks: typeof resource, prefix: string) =>
    Object.entries(blocks).flatMap(([type, all]) => Object.keys(all).map((name) => `${prefix}${type}.${name}`));
  return [...of(data, "data."), ...of(resource, "")].sort();
};

// Users' state holds these. A change here replaces somebody's role or detaches its policies.
describe("resource addresses", () => {
  test("of the default role stay as they were first released", () => {
    expect(addresses()).toEqual([
      "aws_iam_role.execution_76218383",
      "aws_iam_role_policy_attachment.execution_managed-AmazonEC2ContainerRegistryReadOnly_5AA5D2F5",
      "aws_iam_role_policy_attachment.execution_managed-AmazonECSTaskExecutionRolePolicy_18FD1C5B",
      "aws_iam_role_policy_attachment.execution_managed-CloudWatchLogsFullAccess_61FBD16B",
      "aws_iam_role_policy_attachment.execution_managed-SecretsManagerReadWrite_8E9556D1",
      "data.aws_iam_policy_document.execution_assume-role-policy_D3454B81",
      "data.aws_partition.execution_partition_B242EF9F",
    ]);
  });

  test("of attachments come from their keys, not from order or number", () => {
    const a = "arn:aws:iam::111122223333:policy/a";
    const b = "arn:aws:iam::111122223333:policy/b";
    expect(addresses({ b, a })).toEqual(addresses({ a, b }));
    expect(addresses({ a, b })).toEqual(expect.arrayContaining(addresses({ b })));
    expect(addresses({ a: b })).toEqual(addresses({ a }));
  });
});
