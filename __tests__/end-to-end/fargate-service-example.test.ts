import { attachedPolicies, policyDocuments } from "../support/account";
import { endToEnd } from "../support/end-to-end";
import { allows } from "../support/evaluate";
import { synthesizeExample } from "../support/example-app";

endToEnd("examples/fargate-service", (parts) => {
  test("deploys both stacks with the necessary dependencies", async () => {
    const stack = await synthesizeExample(parts, "fargate-service");
    const [shared, service] = [stack("shared"), stack("service")];
    await shared.apply();

    const dependencies = await service.dependencies();
    const attachment = expect.stringMatching(/^aws_iam_role_policy_attachment\.execution_access_attachment_/);
    const role = expect.stringMatching(/^aws_iam_role\.execution_/);
    // The task definition depends on the permissions, but the key only on the role: otherwise, there is a cycle.
    expect(dependencies("aws_ecs_task_definition.definition")).toEqual(expect.arrayContaining([attachment]));
    expect(dependencies("aws_kms_key.key")).toEqual(expect.arrayContaining([role]));
    expect(dependencies("aws_kms_key.key")).not.toEqual(expect.arrayContaining([attachment]));
    expect(dependencies("aws_iam_role.task")).not.toEqual(expect.arrayContaining([role]));

    await service.apply();
    await shared.expectNoChanges();
    // The emulator does not store this setting of a service, which has a default in the AWS provider.
    const notKept = "availability_zone_rebalancing";
    const [update, ...others] = (await service.plan()).changes;
    expect(others).toEqual([]);
    expect(update).toMatchObject({ type: "aws_ecs_service", change: { actions: ["update"] } });
    expect({ ...update?.change.after, [notKept]: "" }).toEqual({ ...update?.change.before, [notKept]: "" });
    expect(await service.outputs()).toEqual({
      execution_role_arn: "arn:aws:iam::123456789012:role/orders-execution",
      task_role_arn: "arn:aws:iam::123456789012:role/orders-task",
    });
    const policies = await policyDocuments(parts.iam, "orders-execution");
    const may = (action: string, resource: string) => allows(policies, { action, resource });
    const at = "us-east-1:123456789012";
    expect(await may("ecr:BatchGetImage", `arn:aws:ecr:${at}:repository/orders`)).toBe(true);
    expect(await may("ecr:BatchGetImage", `arn:aws:ecr:${at}:repository/invoices`)).toBe(false);
    expect(await may("logs:PutLogEvents", `arn:aws:logs:${at}:log-group:/ecs/orders:log-stream:orders/1`)).toBe(true);
    expect(await attachedPolicies(parts.iam, "orders-task")).toEqual([]);
  });
});
