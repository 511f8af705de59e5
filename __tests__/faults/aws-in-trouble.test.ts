import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import type { AwsCall } from "../../scripts/tools/aws/aws-proxy";
import { attachedPolicies, ownPolicies, roleNames } from "../support/account";
import { endToEnd } from "../support/end-to-end";
import { applyAgain, expectWhole, PROPS, RESOURCES } from "../support/half-made";
import { Proxied } from "../support/proxied";

const failure = (code: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>try again</Message></Error></ErrorResponse>`;

endToEnd("fault tolerance:", (tools) => {
  const roleIn = async (roleName: string, maxRetries?: number) => {
    const proxied = await Proxied.make(tools, roleName);
    proxied.workspace.synthesize((stack) => {
      (stack.node.findChild("aws") as AwsProvider).maxRetries = maxRetries;
      new EcsTaskExecutionRole(stack, "execution", { roleName, ...PROPS });
    });
    await proxied.workspace.terraform("init", "-input=false");
    return proxied;
  };

  test("apply, plan and destroy succeed if AWS throttles or fails a third of all calls", async () => {
    const proxied = await roleIn("throttled");
    const refused = { Throttling: 0, ServiceFailure: 0 };
    let calls = 0;
    proxied.onCall = (call) => {
      calls += 1;
      const code = calls % 6 === 2 ? "Throttling" : calls % 6 === 5 ? "ServiceFailure" : undefined;
      if (!code) {
        return call.forward();
      }
      refused[code] += 1;
      call.answer(code === "Throttling" ? 400 : 500, failure(code));
    };
    await proxied.workspace.apply();
    await expectWhole(tools, proxied.workspace, "throttled");
    await proxied.workspace.destroy();
    expect(await roleNames(tools.iam)).toEqual([]);
    expect(refused.Throttling).toBeGreaterThan(5);
    expect(refused.ServiceFailure).toBeGreaterThan(5);
  });

  test("an apply saves its state if AWS becomes unavailable, and the next apply completes it", async () => {
    const proxied = await roleIn("gone", 2);
    let gone = false;
    proxied.onCall = (call) => {
      gone ||= call.action === "AttachRolePolicy";
      return gone ? call.drop() : call.forward();
    };
    const { code, output } = await proxied.workspace.terraform("apply", "-input=false", "-auto-approve");
    expect(code).toBe(1);
    expect(output.replace(/\s+/g, " ")).toMatch(
      /Error: attaching IAM Policy .* to IAM Role \(gone\): .*(EOF|connection)/,
    );
    const inAccount = [...(await roleNames(tools.iam)), ...(await ownPolicies(tools.iam))];
    expect(await attachedPolicies(tools.iam, "gone")).toEqual([]);
    expect(await proxied.workspace.resources()).toHaveLength(inAccount.length);

    expect(await applyAgain(proxied.direct, "gone")).toEqual([]);
    await expectWhole(tools, proxied.direct, "gone");
    await proxied.direct.destroy();
  });

  test.each(["DetachRolePolicy", "DeletePolicy", "DeleteRole"])(
    "a destroy that is killed at %s is completed by the next destroy",
    async (action) => {
      const proxied = await roleIn(`destroyed-${action}`);
      const { direct } = proxied;
      await direct.apply();
      const destroy = proxied.start("destroy", "-input=false", "-auto-approve");
      const kill = (call: AwsCall) => call.forward(() => void destroy.stop());
      proxied.onCall = (call) => (call.action === action ? kill(call) : call.forward());
      expect((await destroy.finished).code).toBe(137);
      expect((await direct.resources()).length).toBeLessThanOrEqual(RESOURCES);

      await direct.destroy();
      expect(await direct.resources()).toEqual([]);
      expect([...(await roleNames(tools.iam)), ...(await ownPolicies(tools.iam))]).toEqual([]);
    },
  );
});
