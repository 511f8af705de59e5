import type { RoleWithPolicies } from "../../cli/aws-calls/policies";
import type { PlanJson } from "../../cli/sources/plan/json/plan-json";
import { tasksInPlan } from "../../cli/sources/plan/plan";
import { ECS_TASKS_TRUST } from "../support/account";
import { plan, type Resource, referTo } from "../support/plan";
import { policy, roleWith } from "../support/roles";

const ARN = "arn:aws:iam::111122223333:role/orders";
const READ = [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }];
const ALL = [{ Effect: "Allow", Action: "*", Resource: "*" }];
const text = (Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

const task = (execution_role_arn: string | undefined, refers?: Resource["refers"]): Resource => ({
  address: "aws_ecs_task_definition.orders",
  values: {
    container_definitions: '[{"name":"app","image":"nginx"}]',
    task_role_arn: ARN,
    ...(execution_role_arn && { execution_role_arn }),
  },
  ...(refers && { refers, unknown: { execution_role_arn: true } }),
});

const role = (address: string, values: object, more: Partial<Resource> = {}): Resource => ({
  address,
  values: { assume_role_policy: JSON.stringify(ECS_TASKS_TRUST), ...values },
  ...more,
});

const inAccount = (policies: RoleWithPolicies["policies"]) => ({
  named: async () => roleWith([], { arn: ARN, policies }),
  policy: async () => policy(READ).document,
});

/** The first action of each policy that the role has after the apply, and the role's tags. */
async function leftBy(json: PlanJson, now: RoleWithPolicies["policies"] = []) {
  const [found] = await tasksInPlan(json, async () => "eu-central-1");
  const roles = inAccount(now);
  const read = found?.planned ?? (async () => found?.adjusted?.(await roles.named(), roles));
  const { policies = [], tags } = (await read(roles)) ?? {};
  const actions = policies.map(({ name, document }) => [name, (document.Statement as { Action: string }[])[0]?.Action]);
  return { actions: Object.fromEntries(actions), tags };
}

const found = async (json: PlanJson) => (await tasksInPlan(json, async () => "eu-central-1"))[0];
/** The role that the plan creates. */
const planned = async (json: PlanJson) => (await found(json))?.planned?.(inAccount([]));

const attached = (policy_arn: string, provider?: string): Resource => ({
  address: "aws_iam_role_policy_attachment.orders",
  values: { role: "orders", policy_arn },
  ...(provider && { provider }),
});

describe("a role that is not a resource of the plan", () => {
  const own = (statements: object[]): Resource => ({
    address: "aws_iam_role_policy.orders",
    values: { role: "orders", name: "orders", policy: text(statements) },
  });
  const changing = (actions: string[], resources: Resource[]) =>
    plan(resources, {
      resource_changes: [{ address: "x", change: { actions, before: { role: "orders", name: "orders" } } }],
    });
  const now = [policy(READ, "orders")];

  test("reflects the policies that the plan creates, updates and deletes", async () => {
    expect((await leftBy(plan([task(ARN), own(ALL)]))).actions).toEqual({ "aws_iam_role_policy.orders": "*" });
    expect((await leftBy(changing(["update"], [task(ARN), own(ALL)]), now)).actions).toEqual({
      "aws_iam_role_policy.orders": "*",
    });
    expect((await leftBy(changing(["delete"], [task(ARN)]), now)).actions).toEqual({});
  });

  test("keeps the policies that Terraform forgets", async () => {
    expect((await leftBy(changing(["forget"], [task(ARN)]), now)).actions).toEqual({ orders: "s3:GetObject" });
  });

  test("has a managed policy as the plan updates it", async () => {
    const arn = "arn:aws:iam::111122223333:policy/shared";
    const changed: Resource = { address: "aws_iam_policy.shared", values: { arn, policy: text(ALL) } };
    expect((await leftBy(plan([task(ARN), changed]), [policy(READ, arn)])).actions).toEqual({ [arn]: "*" });
  });
});

describe("one of several roles", () => {
  const each = (key: string) =>
    role(`aws_iam_role.each["${key}"]`, { name: `each-${key}` }, { index: key, unknown: { arn: true } });
  const roles = [each("a"), each("b")];

  test("is selected by the key in a reference", async () => {
    const references = ['aws_iam_role.each["b"].arn', 'aws_iam_role.each["b"]', "aws_iam_role.each"];
    expect(await found(plan([task(undefined, { execution_role_arn: references }), ...roles]))).toMatchObject({
      roleArn: 'aws_iam_role.each["b"]',
    });
  });

  test("is selected by each.key, but not by each.value", async () => {
    const inA = (references: string[]): Resource => ({
      ...task(undefined, { execution_role_arn: references }),
      address: 'aws_ecs_task_definition.orders["a"]',
      index: "a",
    });
    expect(await found(plan([inA(["aws_iam_role.each", "each.key"]), ...roles]))).toMatchObject({
      roleArn: 'aws_iam_role.each["a"]',
    });
    expect(await found(plan([inA(["aws_iam_role.each", "each.value"]), ...roles]))).toMatchObject({
      isRoleUnknown: true,
      task: {
        unknown: [{ field: "execution_role_arn", waitsFor: ['aws_iam_role.each["a"]', 'aws_iam_role.each["b"]'] }],
      },
    });
  });

  test("does not have the policies of a role with the same name in another account", async () => {
    const attachment = attached("arn:aws:iam::aws:policy/AdministratorAccess", "aws.dev");
    const refers = { execution_role_arn: referTo("aws_iam_role.prod.arn") };
    const json = plan([task(undefined, refers), task(ARN), role("aws_iam_role.prod", { name: "orders" }), attachment]);
    expect((await leftBy(json)).actions).toEqual({});
  });
});

describe("a role that the plan creates", () => {
  const refers = { execution_role_arn: referTo("aws_iam_role.orders.arn") };
  const created = (values: object, more: Partial<Resource> = {}) => [
    task(undefined, refers),
    role("aws_iam_role.orders", { name: "orders", ...values }, more),
  ];

  test("has the policies of an exclusive resource, and the provider's default tags", async () => {
    const exclusive: Resource = {
      address: "aws_iam_role_policy_attachments_exclusive.orders",
      values: { role_name: "orders", policy_arns: ["arn:aws:iam::aws:policy/AdministratorAccess"] },
    };
    expect(await leftBy(plan([...created({ tags: null, tags_all: { team: "payments" } }), exclusive]))).toEqual({
      actions: { "arn:aws:iam::aws:policy/AdministratorAccess": "s3:GetObject" },
      tags: { team: "payments" },
    });
  });

  test.each([
    [true, true],
    [{ team: true }, true],
    [{}, undefined],
  ])("can have more tags if some are known after apply: %j", async (unknown, hasMoreTags) => {
    const json = plan(created({ tags_all: { home: "a" } }, { unknown: { tags_all: unknown } }));
    expect((await planned(json))?.hasMoreTags).toBe(hasMoreTags);
  });

  test.each([
    ["managed_policy_arns", {}, true],
    ["inline_policy", { inline_policy: [{ name: "a" }] }, [{ policy: true }]],
  ])("can have any policy if %s is known after apply", async (argument, values, unknown) => {
    const json = plan(created(values, { unknown: { [argument]: unknown }, refers: { [argument]: ["local.x"] } }));
    expect(await planned(json)).toMatchObject({
      policies: [],
      unknown: [
        {
          field: `${argument} of aws_iam_role.orders`,
          waitsFor: ["local.x"],
          document: { Statement: [{ Effect: "Allow" }, { Effect: "Deny" }] },
        },
      ],
    });
  });

  test("has a policy without statements, which IAM refuses, if its data source has none", async () => {
    const none = { address: "data.aws_iam_policy_document.none", values: {}, unknown: { json: true } };
    const own: Resource = {
      address: "aws_iam_role_policy.orders",
      values: { role: "orders" },
      refers: { policy: referTo("data.aws_iam_policy_document.none.json") },
    };
    expect(await planned(plan([...created({}), own, none]))).toMatchObject({
      policies: [{ document: { Statement: [] } }],
      unknown: [],
    });
  });

  test("is found by its name if the ARN is written with the account", async () => {
    const [, own] = created({}) as [Resource, Resource];
    const attachment = attached("arn:aws:iam::111122223333:policy/own");
    const its: Resource = { address: "aws_iam_policy.own", values: { name: "own", policy: text(ALL) } };
    expect(await leftBy(plan([task(ARN), own, attachment, its]))).toEqual({
      actions: { "arn:aws:iam::111122223333:policy/own": "*" },
      tags: {},
    });
  });

  test("is not the role of another account, and its policies are not those of AWS", async () => {
    const [, own] = created({}) as [Resource, Resource];
    expect(await found(plan([task(ARN), { ...own, provider: "aws.prod" }]))).not.toHaveProperty("planned");
    const attachment = attached("arn:aws:iam::aws:policy/ReadOnlyAccess");
    const copy: Resource = { address: "aws_iam_policy.copy", values: { name: "ReadOnlyAccess", policy: text(ALL) } };
    expect((await leftBy(plan([task(ARN), own, attachment, copy]))).actions).toEqual({
      "arn:aws:iam::aws:policy/ReadOnlyAccess": "s3:GetObject",
    });
  });

  test("is unknown if a local value refers to it", async () => {
    const json = plan([task(undefined, { execution_role_arn: ["local.role"] }), role("aws_iam_role.orders", {})]);
    expect(await found(json)).toMatchObject({
      isRoleUnknown: true,
      task: { unknown: [{ field: "execution_role_arn", waitsFor: ["local.role"] }] },
    });
  });

  test("has a boundary that may allow or deny any call if it is unknown", async () => {
    const boundary = { address: "aws_iam_policy.boundary", values: {}, unknown: { arn: true, policy: true } };
    const refers = { permissions_boundary: referTo("aws_iam_policy.boundary.arn") };
    const json = plan([...created({}, { unknown: { permissions_boundary: true }, refers }), boundary]);
    expect(await planned(json)).toMatchObject({
      boundary: { document: { Statement: [] } },
      unknownBoundary: {
        field: "permissions_boundary of aws_iam_role.orders",
        document: { Statement: [{ Effect: "Allow" }, { Effect: "Deny" }] },
      },
    });
  });
});

describe("a task definition", () => {
  const described = async (values: object, unknown: object, refers: Resource["refers"] = {}, more: Resource[] = []) => {
    const one = { ...task(ARN), refers, unknown };
    const json = plan([{ ...one, values: { ...one.values, ...values } }, ...more]);
    const { task: { components = [], unknown: rest = [] } = {} } = (await found(json)) ?? {};
    return [
      components.map(({ name }) => name),
      rest.map(({ container, field, waitsFor }) => [container, field, ...waitsFor]),
    ];
  };

  test("has volumes that are known and some that are not", async () => {
    const fsx = (file_system_id?: string) => ({
      name: file_system_id ?? "later",
      fsx_windows_file_server_volume_configuration: [{ file_system_id }],
    });
    const mask = { fsx_windows_file_server_volume_configuration: [{ file_system_id: true }] };
    const refers = { volume: referTo("aws_fsx_windows_file_system.a.id") };
    const system: Resource = { address: "aws_fsx_windows_file_system.a", values: {}, unknown: { id: true } };
    const volume = [fsx("fs-1"), fsx()];
    expect(await described({ volume }, { volume: [{}, mask] }, refers, [system])).toEqual([
      ["app", "volume fs-1"],
      [["volume later", "volume", "aws_fsx_windows_file_system.a"]],
    ]);
    expect(await described({ volume: undefined }, { volume: true })).toEqual([["app"], [["task", "volume"]]]);
  });

  test("may have the Service Connect logs of a service whose task definition is not shown", async () => {
    const connect = {
      enabled: true,
      log_configuration: [{ log_driver: "awslogs", options: { "awslogs-group": "a" } }],
    };
    const service = (logs: object[]): Resource => ({
      address: "aws_ecs_service.a",
      values: { service_connect_configuration: logs },
      unknown: { task_definition: true },
      refers: { task_definition: ["local.task_definition"] },
    });
    expect(await described({}, {}, {}, [service([connect])])).toEqual([
      ["app"],
      [["Service Connect of aws_ecs_service.a", "task_definition", "local.task_definition"]],
    ]);
    expect(await described({}, {}, {}, [service([])])).toEqual([["app"], []]);
  });

  test("has some account if the plan contains none, which no policy can tell from another", async () => {
    const json = plan([{ ...task(undefined), values: { container_definitions: "[]" } }]);
    expect((await found(json))?.task.location.account).toBe("000000000000");
    const named = plan([{ ...task(undefined), values: { container_definitions: '[{"x":"444455556666.dkr"}]' } }]);
    expect((await found(named))?.task.location.account).toBe("444455556666");
  });
});

describe("what an argument waits for", () => {
  test("is what the arguments of a module and its for_each wait for, if a value of the module is unknown", async () => {
    const refers = { container_definitions: ["module.container"] };
    const given = task(ARN, refers);
    const { container_definitions: _, ...values } = given.values as Record<string, unknown>;
    const secret: Resource = { address: "aws_secretsmanager_secret.a", values: {}, unknown: { arn: true } };
    const json = plan([{ ...given, values, unknown: { container_definitions: true } }, secret]);
    const call = {
      expressions: { secrets: { references: referTo("each.value.secrets") } },
      for_each_expression: { references: ["aws_secretsmanager_secret.a.arn"] },
      module: {},
    };
    const root_module = { ...json.configuration.root_module, module_calls: { container: call } };
    expect(await found({ ...json, configuration: { ...json.configuration, root_module } })).toMatchObject({
      task: { unknown: [{ field: "container_definitions", waitsFor: ["aws_secretsmanager_secret.a"] }] },
    });
  });
});

describe("the Region of a task definition", () => {
  const data: Resource = { address: "data.aws_region.current", values: { name: "eu-west-3" } };
  const more = {
    variables: { west: { value: "us-west-2" }, env: { value: "prod" } },
    prior_state: { values: { root_module: { resources: plan([data]).planned_values?.root_module?.resources } } },
  };
  /** The Region of a plan whose provider has these settings, or why it is unknown. */
  const regionWith = async (aws: object | undefined, resources: Resource[] = []) => {
    const { configuration } = plan([task(ARN), ...resources]);
    const provider_config = aws ? { aws: { expressions: { region: aws } } } : {};
    const json = plan([task(ARN)], { ...more, configuration: { ...configuration, provider_config } });
    const { task: { location } = {}, notChecked } = (await found(json)) ?? {};
    return notChecked ?? location?.region;
  };

  test("comes from the provider, a variable, data.aws_region or the settings of the user", async () => {
    expect(await regionWith({ constant_value: "eu-west-1" })).toBe("eu-west-1");
    expect(await regionWith({ references: ["var.west"] })).toBe("us-west-2");
    expect(await regionWith({ references: ["local.region"] }, [data])).toBe("eu-west-3");
    expect(await regionWith(undefined)).toBe("eu-central-1");
  });

  test("is not guessed from a variable that is not a Region", async () => {
    expect(await regionWith({ references: ["var.env"] })).toContain(
      "the plan does not show the Region of provider aws",
    );
  });
});

test("a plan that ended in an error is not checked, because it lacks resources", async () => {
  await expect(found(plan([task(ARN)], { errored: true }))).rejects.toThrow("Terraform could not finish the plan");
});

test("a plan with many services that wait for their task definitions is read in less than two seconds of processor time", async () => {
  const numbers = Array.from({ length: 40 }, (_, at) => at);
  const resources = numbers.flatMap((at): Resource[] => [
    { ...task(ARN), address: `aws_ecs_task_definition.of${at}` },
    {
      address: `aws_ecs_service.of${at}`,
      values: {},
      unknown: { task_definition: true },
      refers: { task_definition: [`aws_ecs_task_definition.of${at}`] },
    },
  ]);
  const start = process.cpuUsage();
  const tasks = await tasksInPlan(plan(resources), async () => "eu-central-1");
  expect(process.cpuUsage(start).user / 1_000_000).toBeLessThan(2);
  expect(tasks.map((one) => one.task.services)).toEqual(numbers.map((at) => [`aws_ecs_service.of${at}`]));
});
