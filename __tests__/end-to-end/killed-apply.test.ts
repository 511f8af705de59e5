import { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import { type AwsCall, startAwsProxy } from "../../scripts/support/aws-proxy";
import { start } from "../../scripts/support/child-process";
import { attachedPolicies, ECS_TASKS_TRUST, FOUR_POLICIES, roleNames, trustOf } from "../support/account";
import { endToEnd, withOwnProvider } from "../support/end-to-end";
import { Workspace } from "../support/workspace";

endToEnd("an apply that is killed in the middle", (parts) => {
  test("converges to the same five resources when it is applied again", async () => {
    let onCall = (call: AwsCall) => call.forward();
    const proxy = await startAwsProxy(parts.aws.url, (call) => onCall(call));
    const environment = { ...parts.environment, AWS_ENDPOINT_URL: proxy.url };
    const workspace = new Workspace({ ...withOwnProvider(parts), environment }, "killed");
    workspace.synthesize((stack) => {
      new EcsTaskExecutionRole(stack, "execution", { roleName: "killed" });
    });
    await workspace.plan();

    const apply = start(parts.terraform.command, ["apply", "-no-color", "-input=false", "plan"], {
      cwd: workspace.folder,
      env: environment,
    });
    let attachCalls = 0;
    onCall = (call) => {
      attachCalls += call.action === "AttachRolePolicy" ? 1 : 0;
      // The third attachment never reaches AWS: its stop() is a SIGKILL for Terraform.
      return attachCalls < 3 ? call.forward() : void apply.stop();
    };
    expect((await apply.finished).code).toBe(137);
    expect((await attachedPolicies(parts.iam, "killed")).length).toBeLessThan(4);

    onCall = (call) => call.forward();
    await workspace.apply();
    expect(await roleNames(parts.iam)).toEqual(["killed"]);
    expect(await attachedPolicies(parts.iam, "killed")).toEqual(FOUR_POLICIES);
    expect(await trustOf(parts.iam, "killed")).toEqual(ECS_TASKS_TRUST);
    expect(await workspace.resources()).toHaveLength(5);
    await workspace.expectNoChanges();
    await proxy.stop();
  });
});
