import { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import { ownPolicies, roleNames } from "../support/account";
import { endToEnd } from "../support/end-to-end";
import { accessPolicyArn, applyAgain, expectWhole, PROPS } from "../support/half-made";
import { Proxied } from "../support/proxied";

const CALLS = Array.from({ length: 12 }, (_, at) => at + 1);

// The hardest moment: AWS has done it, Terraform does not know; what was made is in no state yet.
endToEnd("terraform killed when AWS has answered its call", (parts) => {
  const nameOf = (call: number) => `killed-at-${call}`;

  test.each(CALLS)("%i, and applied again, ends in the same role", async (at) => {
    const roleName = nameOf(at);
    const proxied = await Proxied.make(parts, roleName);
    const { workspace } = proxied;
    workspace.synthesize((stack) => {
      new EcsTaskExecutionRole(stack, "execution", { roleName, ...PROPS });
    });
    await workspace.terraform("init", "-input=false");

    const apply = proxied.start("apply", "-input=false", "-auto-approve");
    let calls = 0;
    proxied.onCall = (call) => {
      calls += 1;
      return calls < at ? call.forward() : call.forward(() => void apply.stop());
    };
    expect((await apply.finished).code).toBe(137);

    proxied.onCall = (call) => call.forward();
    expect((await applyAgain(workspace, roleName)).length).toBeLessThanOrEqual(1);
    await expectWhole(parts, workspace, roleName);
  });

  test("leaves nothing doubled and nothing behind in the account", async () => {
    expect(await roleNames(parts.iam)).toEqual(CALLS.map(nameOf).sort());
    expect(await ownPolicies(parts.iam)).toEqual(CALLS.map(nameOf).map(accessPolicyArn).sort());
  });
});
