import { EcsTaskExecutionRole, type EcsTaskExecutionRoleProps } from "../../modules/ecs-task-execution-role";
import { moduleCalls } from "../support/as-variables";
import { endToEnd } from "../support/end-to-end";
import { fixture } from "../support/fixture";
import { type ResourceChange, rootWithModule } from "../support/root-module";
import { Workspace } from "../support/workspace";

type Roles = Readonly<Record<string, EcsTaskExecutionRoleProps>>;

const policyIn = (attributes: object | null | undefined) =>
  JSON.parse(String((attributes as { policy?: string } | null | undefined)?.policy));

const withoutCondition = (document: { Statement: { Condition?: object }[] }) => {
  for (const statement of document.Statement) {
    if (JSON.stringify(statement.Condition) === '{"StringEquals":{"aws:ResourceAccount":"${aws:PrincipalAccount}"}}') {
      delete statement.Condition;
    }
  }
  return document;
};

endToEnd("the state of release 0.1.0", (tools) => {
  const stateOf = (language: string) =>
    fixture<{ readonly resources: readonly object[] }>(`v0.1.0/${language}-state.json`);

  let planned: readonly ResourceChange[];

  // One root module and one state contain the roles of both languages. The plan compares them with the state only,
  // because they do not exist in the emulated AWS.
  beforeAll(async () => {
    const workspace = new Workspace(tools, "released");
    const released = Object.entries(fixture<Roles>("v0.1.0/roles.json"));
    workspace.synthesize((stack) => {
      for (const [id, props] of released) {
        new EcsTaskExecutionRole(stack, id, props);
      }
    });
    await rootWithModule(tools, workspace.folder);
    await workspace.write("modules.tf.json", moduleCalls(released));
    const [ofConstruct, ofModule] = [stateOf("construct"), stateOf("module")];
    const state = { ...ofConstruct, resources: [...ofConstruct.resources, ...ofModule.resources] };
    await workspace.write("released.tfstate", JSON.stringify(state));
    const { json } = await workspace.plan("-refresh=false", "-state=released.tfstate");
    planned = json.resource_changes ?? [];
  });

  // After 0.1.0, statements for S3 got a condition on the bucket's account. Only this role reads from S3.
  test.each([
    ["the construct", false, "aws_iam_policy.scoped_access_52347E0D"],
    ["the Terraform module", true, "module.scoped.aws_iam_policy.access[0]"],
  ])("results in a plan that only updates one access policy: %s", (_, inModule, policy) => {
    const ofLanguage = planned.filter(({ address }) => address.startsWith("module.") === inModule);
    const changes = ofLanguage.filter(({ change }) => change.actions.join() !== "no-op");
    expect(changes.map(({ address, change }) => [address, change.actions])).toEqual([[policy, ["update"]]]);
    expect(withoutCondition(policyIn(changes[0]?.change.after))).toEqual(policyIn(changes[0]?.change.before));
    expect(ofLanguage).toHaveLength(14);
  });
});

endToEnd("the state of commit 9ee3698", (tools) => {
  test("results in an empty plan for every kind of role in both languages", async () => {
    const { values, unknownContainers, roles } = fixture<{ values: object; unknownContainers: object; roles: Roles }>(
      "9ee3698/roles.json",
    );
    const named = (language: string) =>
      Object.entries(roles).map(([name, { roleName, ...props }]) => {
        const prefix = roleName === undefined ? {} : { roleName: `${language}-${roleName}` };
        return [name, { ...props, ...prefix }] as const;
      });
    const workspace = new Workspace(tools, "in-use");
    workspace.synthesize((stack) => {
      stack.addOverride("resource", { terraform_data: { later: { input: values } } });
      stack.addOverride("locals", { unknown_containers: unknownContainers });
      for (const [id, props] of named("construct")) {
        new EcsTaskExecutionRole(stack, id, props);
      }
    });
    await workspace.writeModule("role");
    await workspace.write("modules.tf.json", moduleCalls(named("module")));
    const state = fixture<{ readonly resources: readonly { readonly instances: readonly object[] }[] }>(
      "9ee3698/state.json",
    );
    await workspace.write("in-use.tfstate", JSON.stringify(state));
    const { changes, json } = await workspace.plan("-refresh=false", "-state=in-use.tfstate");
    expect(changes.map(({ address, change }) => [address, change])).toEqual([]);
    expect(json.resource_changes).toHaveLength(state.resources.flatMap(({ instances }) => instances).length);
  });
});
