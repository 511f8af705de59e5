import {
  EcsTaskExecutionRole,
  type EcsTaskExecutionRoleProps,
  type TaskExecutionAccess,
} from "../../modules/ecs-task-execution-role";
import { mergeAccess } from "../../modules/ecs-task-execution-role/synth/grants";
import { moduleCalls } from "../support/as-variables";
import { FIELD_CALLS, MORE_CALLS } from "../support/calls";
import { endToEnd } from "../support/end-to-end";
import { VALUES } from "../support/every-input";
import type { PlannedModule } from "../support/root-module";
import { Workspace } from "../support/workspace";

const { roleName: _, roleNamePrefix, managedPolicies: __, ...PROPS } = VALUES;
const PULL = { pull: "AmazonEC2ContainerRegistryPullOnly" };
const { containerDefinitions, ...EVERY_FIELD } = VALUES.access;

/** Lists whose statements no other case leaves alone. `arn-mapping` compares the statements of every list. */
const ALONE = ["imageRepositories", "logGroups", "secrets", "environmentFiles", "fsxFileSystems"] as const;

const EVERY_CALL = Object.values({ ...FIELD_CALLS, ...MORE_CALLS })
  .map(({ access }) => access)
  .reduce<TaskExecutionAccess>(mergeAccess, {});

/** Every prop alone, and combinations. Each role has a name, so that more values are known in the plan. */
const CASES: Record<string, EcsTaskExecutionRoleProps> = {
  default: {},
  ...Object.fromEntries(Object.entries(PROPS).map(([prop, value]) => [prop, { [prop]: value }])),
  "no-tags": { tags: {} },
  "exclusive-none": { exclusive: true, managedPolicies: {} },
  none: { managedPolicies: {} },
  some: { managedPolicies: { ...PULL, own: "arn:aws:iam::111122223333:policy/own" } },
  accounts: { trust: { sourceAccounts: ["444455556666", "111122223333", "111122223333"] } },
  arns: { trust: { sourceArns: ["arn:aws:ecs:*:111122223333:*"] } },
  ...Object.fromEntries(ALONE.map((field) => [`field-${field}`, { access: FIELD_CALLS[field].access }])),
  "every-call": { access: EVERY_CALL },
  "every-field": { access: EVERY_FIELD },
  containers: { access: { containerDefinitions } },
  "no-agent": { access: { ...VALUES.access, guardDutyAgent: false } },
  both: { access: { guardDutyAgent: true }, managedPolicies: PULL },
  everything: { ...PROPS, managedPolicies: PULL },
};

const ALL: Record<string, EcsTaskExecutionRoleProps> = {
  ...Object.fromEntries(Object.entries(CASES).map(([name, props]) => [name, { roleName: name, ...props }])),
  prefix: { roleNamePrefix },
  unnamed: {},
};

endToEnd("the construct and the Terraform module", (tools) => {
  test("plan the same role, trust policy, policies and attachments for every input", async () => {
    const workspace = new Workspace(tools, "both");
    workspace.synthesize((stack) => {
      for (const [name, props] of Object.entries(ALL)) {
        new EcsTaskExecutionRole(stack, name, props);
      }
    });
    await workspace.writeModule("role");
    await workspace.write("modules.tf.json", moduleCalls(Object.entries(ALL)));

    const { child_modules: modules = [], resources: constructs = [] } = (await workspace.plan()).json.planned_values
      .root_module;
    for (const name of Object.keys(ALL)) {
      const ofModule = modules.find(({ address }) => address === `module.${name}`)?.resources ?? [];
      const ofConstruct = constructs.filter(({ address }) => address.split(".")[1]?.startsWith(`${name}_`));
      expect(ofModule.length).toBeGreaterThan(0);
      expect({ name, planned: planned(ofModule) }).toEqual({ name, planned: planned(ofConstruct.map(asInModule)) });
    }
    expect(modules).toHaveLength(Object.keys(ALL).length);
  });
});

type Resource = NonNullable<PlannedModule["resources"]>[number];

/** The module gets the partition of AWS managed policies from the role, so it is unknown in the plan of a new role. */
function asInModule({ type, values = {} }: Resource): Resource {
  const isUnknown = (arn: unknown) => /^arn:aws:iam::aws:policy/.test(String(arn));
  const { policy_arn, policy_arns, ...others } = values;
  return {
    type,
    address: "",
    values: {
      ...others,
      ...(Array.isArray(policy_arns) && { policy_arns: policy_arns.map((arn) => (isUnknown(arn) ? null : arn)) }),
      ...(policy_arn !== undefined && !isUnknown(policy_arn) && { policy_arn }),
    },
  };
}

/** The planned resources without their addresses. */
function planned(resources: PlannedModule["resources"] = []) {
  return resources
    .map(({ type, values = {} }) => ({ type, values }))
    .sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}
