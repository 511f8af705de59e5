import { readFileSync } from "node:fs";
import { join } from "node:path";
import { asCloudformation } from "../../cli/derive/as-cloudformation";
import { asPolicy } from "../../cli/derive/as-policy";
import { asTerraform } from "../../cli/derive/as-terraform";
import { asTypescript } from "../../cli/derive/as-typescript";
import { deriveRole } from "../../cli/derive/derived-role";
import { checkRole } from "../../cli/findings/check-role";
import { list, type StatementJson } from "../../cli/policy-json";
import { PROJECT_ROOT } from "../../scripts/tools/project";
import { REAL_DEFINITIONS } from "../support/real-definitions";
import { CONTAINER, NO_KEYS, policy, roleWith, SECRET, taskOf, trusting } from "../support/roles";

const logs = (group: string, more: object = {}) => ({
  name: "app",
  image: "nginx",
  logConfiguration: {
    logDriver: "awslogs",
    options: { "awslogs-group": group, "awslogs-region": "us-east-1", ...more },
  },
});

/** A role with every setting that derive keeps. */
const EXISTING = roleWith([], {
  arn: "arn:aws:iam::111122223333:role/ecs/orders",
  description: 'the "role" of ${orders}',
  maxSessionDuration: 7200,
  tags: { "cost center": "1" },
  boundary: policy([], "arn:aws:iam::111122223333:policy/bound"),
  trust: trusting({ StringEquals: { "aws:SourceAccount": "111122223333" } }),
});

describe("derive", () => {
  test("keeps the settings of an existing role", async () => {
    const terraform = asTerraform(
      await deriveRole([taskOf([logs("/ecs/orders")])], NO_KEYS, EXISTING),
      "orders",
      "./role",
    );
    expect(terraform).toContain('description          = "the \\"role\\" of $${orders}"\n');
    expect(terraform).toContain('tags = {\n    "cost center" = "1"\n  }\n');
  });

  test("lists what an apply removes and what a plan changes", async () => {
    const imports = { Effect: "Allow", Action: ["ecr:BatchImportUpstreamImage"], Resource: "*" };
    const role = roleWith([{ Effect: "Deny", Action: "s3:*", Resource: "*" }, imports], {
      trust: trusting({ StringLike: { "aws:SourceAccount": "1111*" } }),
    });
    const { notes, changes } = await deriveRole([taskOf([logs("/ecs/orders")])], NO_KEYS, role);
    expect(notes).toEqual([
      "What these task definitions need: orders:1.",
      "own allows imports through a pull-through cache: list its repositories in pullThroughCacheRepositories, or the first pull of an image fails.",
    ]);
    expect(changes).toEqual([
      "After the new policy is attached, exclusive detaches or deletes the current policies of the role:",
      "  inline policy own",
      "own has a Deny statement: without it, the role can do more.",
      "The plan changes the trust policy, which has elements that this module does not write.",
    ]);
  });

  test.each<StatementJson["Principal"]>([
    { Service: ["ecs-tasks.amazonaws.com", "lambda.amazonaws.com"] },
    { AWS: "*" },
  ])("says that the plan changes a trust policy with the principal %j", async (Principal) => {
    const Statement = [{ Effect: "Allow", Action: "sts:AssumeRole", Principal }];
    const role = roleWith([], { trust: { Version: "2012-10-17", Statement } });
    const { changes } = await deriveRole([taskOf([logs("/ecs/orders")])], NO_KEYS, role);
    expect(changes.at(-1)).toBe(
      "The plan changes the trust policy, which has elements that this module does not write.",
    );
  });

  test("allows Amazon ECS to create only its log groups, and notes that the module allows all", async () => {
    const tasks = [taskOf([logs("/ecs/a")]), taskOf([logs("/ecs/b", { "awslogs-create-group": "true" })])];
    const derived = await deriveRole(tasks, NO_KEYS, undefined);
    const { changes, props, policy } = derived;
    const creating = list(policy.Statement).find(({ Sid }) => Sid === "CreateLogGroups");
    const created = "arn:aws:logs:us-east-1:111122223333:log-group:/ecs/b";
    expect(creating?.Resource).toEqual([created, `${created}:*`]);
    expect(asTerraform(derived, "orders", "./role")).toContain("# createLogGroups applies to all log groups");
    expect(props).toMatchObject({ roleNamePrefix: "orders-", access: { createLogGroups: true } });
    expect(changes[0]).toMatch(/^createLogGroups applies to all .* only for .*log-group:\/ecs\/b\.$/);
  });

  test("derives a role without policies for tasks that need nothing", async () => {
    const { props, imports } = await deriveRole([taskOf([{ name: "app", image: "nginx" }])], NO_KEYS, undefined);
    expect(props).toEqual({ roleNamePrefix: "orders-", managedPolicies: {} });
    expect(imports).toBeUndefined();
  });

  const BARE = "arn:aws:secretsmanager:us-east-1:111122223333:secret:db";
  const withBareSecret = [taskOf([{ name: "app", image: "nginx", secrets: [{ name: "A", valueFrom: BARE }] }])];

  test("writes the full ARN of a secret that the task definition names without the suffix", async () => {
    const { props, notes } = await deriveRole(withBareSecret, async () => ({ exists: true, arn: SECRET }), undefined);
    expect(props.access).toEqual({ secrets: [SECRET] });
    expect(notes).toHaveLength(1);
  });

  test("notes that it does not know the suffix of a secret", async () => {
    for (const stored of [{ exists: false }, { exists: true, unknown: "access is denied" }]) {
      const { props, notes } = await deriveRole(withBareSecret, async () => stored, undefined);
      expect(props.access).toEqual({ secrets: [`${BARE}-??????`] });
      expect(notes).toContain(
        `The suffix of ${BARE}-?????? is unknown; the pattern also matches a later secret of this name.`,
      );
    }
  });

  test("notes that the policy is too long for a managed policy", async () => {
    const secrets = (number: number) =>
      Array.from({ length: number }, (_, at) => ({ name: `S${at}`, valueFrom: SECRET.replace("db", `db${at}`) }));
    const notes = async (number: number) =>
      (await deriveRole([taskOf([{ name: "app", image: "nginx", secrets: secrets(number) }])], NO_KEYS, undefined))
        .notes;
    expect(await notes(50)).toHaveLength(1);
    expect(await notes(100)).toEqual([
      expect.anything(),
      expect.stringMatching(/^The policy has \d{4} characters; a managed policy can have at most 6144\.$/),
    ]);
  });
});

/** `npm run lint` compiles it. */
const APP = readFileSync(join(PROJECT_ROOT, "__tests__/fixtures/derived-app.ts"), "utf8");

test("derive --as typescript prints one stack for several roles, which compiles, and adopts only those that exist", async () => {
  const tasks = [taskOf([CONTAINER, logs("/ecs/orders")])];
  const typescript = asTypescript([
    await deriveRole(tasks, NO_KEYS, undefined),
    await deriveRole(tasks, NO_KEYS, EXISTING),
  ]);
  expect(`${typescript}\n`).toBe(APP);
});

describe("derive --as policy", () => {
  test.each(REAL_DEFINITIONS.map((one) => [one.title, one] as const))(
    "prints a policy that allows what %s needs, and nothing else",
    async (_, { containerDefinitions }) => {
      const tasks = [taskOf(containerDefinitions)];
      const document = JSON.parse(asPolicy([await deriveRole(tasks, NO_KEYS, undefined)]));
      const role = roleWith([], { policies: [{ name: "derived", document }] });
      const { calls, excess, dead } = await checkRole(role, tasks, NO_KEYS);
      expect([calls.filter(({ allowed }) => !allowed), excess, dead]).toEqual([[], [], []]);
    },
  );

  test("prints the same policy for tasks in another order, without policy variables", async () => {
    const tasks = [taskOf([CONTAINER]), taskOf([logs("/ecs/orders")]), taskOf([logs("/ecs/a")], {}, "a:1")];
    const print = async (all: typeof tasks) => asPolicy([await deriveRole(all, NO_KEYS, undefined)]);
    const policy = await print(tasks);
    expect(await print([...tasks].reverse())).toBe(policy);
    expect(policy).not.toContain("{aws:");
    expect(JSON.parse(policy).Statement).toContainEqual(
      expect.objectContaining({
        Action: ["s3:GetObject"],
        Condition: { StringEquals: { "aws:ResourceAccount": ["111122223333"] } },
      }),
    );
  });

  test("refuses several roles", async () => {
    const derived = await deriveRole([taskOf([CONTAINER])], NO_KEYS, undefined);
    expect(() => asPolicy([derived, derived])).toThrow("derive one policy at a time");
  });
});

test("derive --as cloudformation keeps the settings of the existing role, except for its name", async () => {
  const trust = trusting({ StringLike: { "aws:SourceAccount": "1111*" } });
  const role = roleWith([], { arn: "arn:aws:iam::111122223333:role/ecs/orders", tags: { team: "orders" }, trust });
  const derived = await deriveRole([taskOf([logs("/ecs/orders")])], NO_KEYS, role);
  const { Resources, Outputs } = JSON.parse(asCloudformation([derived, derived]));
  expect(Object.keys(Resources)).toEqual(["ExecutionRole", "ExecutionRole2"]);
  expect(Resources.ExecutionRole).toEqual({
    Type: "AWS::IAM::Role",
    Properties: {
      Path: "/ecs/",
      Tags: [{ Key: "team", Value: "orders" }],
      AssumeRolePolicyDocument: trust,
      Policies: [{ PolicyName: "access", PolicyDocument: derived.policy }],
    },
  });
  expect(Outputs.ExecutionRoleArn).toEqual({ Value: { "Fn::GetAtt": ["ExecutionRole", "Arn"] } });
});
