import { rm } from "node:fs/promises";
import { join } from "node:path";
import { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import { ownPolicies, roleNames } from "../support/account";
import { endToEnd } from "../support/end-to-end";
import { accessPolicyArn, applyAgain, expectWhole, PROPS } from "../support/half-made";
import { Proxied } from "../support/proxied";

const CALLS = Array.from({ length: 12 }, (_, at) => at + 1);

// The worst case: AWS has created the resource, but it is not in the state yet.
endToEnd("an apply that is killed after AWS has responded", (tools) => {
  const nameOf = (call: number) => `killed-at-${call}`;

  const synthesize = (roleName: string) =>
    proxied.workspace.synthesize((stack) => {
      new EcsTaskExecutionRole(stack, "execution", { roleName, ...PROPS });
    });
  let proxied: Proxied;

  beforeAll(async () => {
    proxied = await Proxied.make(tools, "killed-at");
    synthesize("first");
    await proxied.workspace.terraform("init", "-input=false");
  });

  // Every role starts without a state in the same folder, because the installation of the provider takes seconds.
  afterEach(() => rm(join(tools.folder, "killed-at", "terraform.tfstate"), { force: true }));

  test.each(CALLS)("to call %i is completed by the next apply", async (at) => {
    const roleName = nameOf(at);
    const { direct } = proxied;
    synthesize(roleName);

    const apply = proxied.start("apply", "-input=false", "-auto-approve");
    let calls = 0;
    proxied.onCall = (call) => {
      calls += 1;
      return calls < at ? call.forward() : call.forward(() => void apply.stop());
    };
    expect((await apply.finished).code).toBe(137);

    expect((await applyAgain(direct, roleName)).length).toBeLessThanOrEqual(1);
    await expectWhole(tools, direct, roleName);
  });

  test("leaves no duplicates and no other resources in the account", async () => {
    expect(await roleNames(tools.iam)).toEqual(CALLS.map(nameOf).sort());
    expect(await ownPolicies(tools.iam)).toEqual(CALLS.map(nameOf).map(accessPolicyArn).sort());
  });
});
