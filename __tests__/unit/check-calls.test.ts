import type { RoleWithPolicies } from "../../cli/aws-calls/policies";
import { checkRole } from "../../cli/findings/check-role";
import { isOnlyFargate } from "../../cli/needs/task";
import type { StatementJson } from "../../cli/policy-json";
import { fixture } from "../support/fixture";
import {
  CONTAINER,
  changed,
  EXACT,
  NO_KEYS,
  policy,
  roleWith,
  SECRET,
  TASK,
  taskOf,
  trusting,
  verdict,
  without,
} from "../support/roles";

const READ = "secretsmanager:GetSecretValue";
const readSecrets = (Condition: StatementJson["Condition"]) => roleWith(changed("ReadSecrets", { Condition }));
const deny = (Condition: StatementJson["Condition"], more: Partial<StatementJson> = {}) => ({
  Effect: "Deny",
  Action: "*",
  Resource: "*",
  Condition,
  ...more,
});

/** Calls with an action, and the verdict on them if only a statement with this condition allows it. */
interface Calls {
  readonly what: string;
  readonly action: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly valueFrom?: string;
  readonly keyArn?: string;
  readonly isFargate?: boolean;
  readonly verdicts: readonly {
    readonly condition: NonNullable<StatementJson["Condition"]>;
    readonly verdict: string;
  }[];
}

// Every call has the condition keys that AWS's page on it lists, or lacks them.
describe.each(fixture<Calls[]>("conditions.json"))("$what", ({ action, verdicts, ...setting }) => {
  const { tags = {}, valueFrom = SECRET, isFargate = false, keyArn } = setting;
  const task = { ...taskOf([{ ...CONTAINER, secrets: [{ name: "A", valueFrom }] }]), isFargate };
  const keys = keyArn ? async () => ({ exists: true, keyArn }) : NO_KEYS;
  const others = EXACT.filter(({ Action }) => ![Action].flat().includes(action));

  test.each(verdicts)("with the condition $condition: $verdict", async ({ condition, verdict: expected }) => {
    const role =
      action === "sts:AssumeRole"
        ? roleWith(EXACT, { tags, trust: trusting(condition) })
        : roleWith([...others, { Effect: "Allow", Action: action, Resource: "*", Condition: condition }], { tags });
    // The report leaves out that the role can be assumed.
    expect((await verdict(role, action, { task, keys })) ?? "ok").toBe(expected);
  });
});

test("a condition on an unknown key is reported if it is in a Deny statement", async () => {
  const role = roleWith([...EXACT, deny({ IpAddress: { "aws:SourceIp": "10.0.0.0/8" } })]);
  expect(await verdict(role, READ)).toBe("aws:SourceIp not in 10.0.0.0/8");
});

test("a role of a plan can have tags that are not known until apply", async () => {
  const Condition = { StringEquals: { "aws:PrincipalTag/team": "payments", "aws:PrincipalTag/home": "a" } };
  const role = { ...readSecrets(Condition), tags: { home: "a" }, hasMoreTags: true };
  expect(await verdict(role, READ)).toBe("aws:PrincipalTag/team payments");
});

test.each([
  ["${aws:ResourceTag/name}-AbCdEf", { StringEquals: { "aws:ResourceTag/name": "db" } }, "denied"],
  ["${aws:ResourceTag/name}-AbCdEf", { StringEquals: { "aws:ResourceTag/name": "other" } }, "aws:ResourceTag/name db"],
  [
    "${aws:ResourceTag/name}-??????",
    { StringLike: { "aws:username": "*" } },
    `the ARN ${SECRET.replace("db-AbCdEf", "${aws:ResourceTag/name}-??????")}`,
  ],
  ["${aws:ResourceTag/name, 'db'}-??????", { Null: { "aws:ResourceTag/name": "false" } }, "no aws:ResourceTag/name"],
])("a secret whose name is in an unknown variable: %s, but not if %j: %s", async (name, Condition, expected) => {
  const read = { Effect: "Allow", Action: READ, Resource: SECRET.replace("db-AbCdEf", name) };
  const denial = deny(Condition as never, { Action: READ });
  expect(await verdict(roleWith([...without("ReadSecrets"), read, denial]), READ)).toBe(expected);
});

const LOG_GROUP = "arn:aws:logs:us-east-1:111122223333:log-group:/ecs/orders";

// AWS's pages disagree on the ARN of a log group that is created.
test.each([
  [[LOG_GROUP], `the ARN ${LOG_GROUP}`],
  [[`${LOG_GROUP}:*`], `the ARN ${LOG_GROUP}:*`],
  [[LOG_GROUP, `${LOG_GROUP}:*`], "ok"],
  [[`${LOG_GROUP}*`], "ok"],
])("a log group can be created with the resources %j: %s", async (Resource, expected) => {
  const options = { ...CONTAINER.logConfiguration.options, "awslogs-create-group": "true" };
  const task = taskOf([{ ...CONTAINER, logConfiguration: { logDriver: "awslogs", options } }]);
  const role = roleWith([...EXACT, { Effect: "Allow", Action: "logs:CreateLogGroup", Resource }]);
  expect(await verdict(role, "logs:CreateLogGroup", { task })).toBe(expected);
});

test("a task runs only on Fargate if it is compatible with nothing else", () => {
  const all = [["FARGATE"], ["EC2", "FARGATE"], [], undefined, null, "FARGATE"];
  expect(all.map(isOnlyFargate)).toEqual([true, false, false, false, false, false]);
});

describe("a call", () => {
  test.each(["*:*", "s*:db-*", "?ecret:db-*"])("may match a resource with a wildcard in its type: %s", async (end) => {
    const Resource = SECRET.replace(/secret:.*$/, end);
    const taken = `IAM taking the wildcard in ${Resource}`;
    expect(await verdict(roleWith(changed("ReadSecrets", { Resource })), READ)).toBe(taken);
    const denial = { Effect: "Deny", Action: "*", Resource };
    expect(await verdict(roleWith([...EXACT, denial]), READ)).toBe(taken.replace("taking", "refusing"));
  });

  test("to write logs is on the stream of the container, or without a prefix on one named after the container ID", async () => {
    const { "awslogs-stream-prefix": _, ...options } = CONTAINER.logConfiguration.options;
    const withoutPrefix = taskOf([{ ...CONTAINER, logConfiguration: { logDriver: "awslogs", options } }]);
    const streams = (name: string, task = TASK) =>
      verdict(roleWith(changed("WriteLogs", { Resource: `${LOG_GROUP}:log-stream:${name}` })), "logs:PutLogEvents", {
        task,
      });
    expect(await streams("orders/app/*")).toBe("ok");
    expect(await streams("ecs/*")).toBe("denied");
    expect(await streams("ecs/*", withoutPrefix)).toBe("denied");
  });

  test("on a secret that the task definition names without its suffix is on its ARN, if that is known", async () => {
    const task = taskOf([{ ...CONTAINER, secrets: [{ name: "P", valueFrom: SECRET.replace("-AbCdEf", "") }] }]);
    const found = async () => ({ exists: true, arn: SECRET });
    const unknown = async () => ({ exists: true, unknown: "secretsmanager:DescribeSecret: AccessDenied" });
    const reading = (Resource: string, keys: typeof NO_KEYS) =>
      verdict(roleWith(changed("ReadSecrets", { Resource })), READ, { task, keys });
    expect(await reading(SECRET, found)).toBe("ok");
    expect(await reading(SECRET.replace("AbCdEf", "GhIjKl"), found)).toBe("denied");
    expect(await reading(SECRET, unknown)).toBe(`the ARN ${SECRET}`);
    expect(await reading(SECRET.replace("db", "other"), unknown)).toBe("denied");
  });

  test("to describe file systems is needed for an FSx volume, in addition to reading its credentials", async () => {
    const fsx = {
      fileSystemId: "fs-0123456789abcdef0",
      rootDirectory: "share",
      authorizationConfig: { credentialsParameter: SECRET.replace("db", "ad"), domain: "example.com" },
    };
    const task = taskOf([CONTAINER], { volumes: [{ name: "data", fsxWindowsFileServerVolumeConfiguration: fsx }] });
    const { calls } = await checkRole(roleWith(EXACT), [task], NO_KEYS);
    const denied = calls.filter(({ allowed }) => !allowed).map(({ action, resource }) => `${action} ${resource}`);
    expect(denied).toEqual([`${READ} ${SECRET.replace("db", "ad")}`, "fsx:DescribeFileSystems *"]);
  });

  test("to decrypt fails if the key is pending deletion", async () => {
    const keyArn = "arn:aws:kms:us-east-1:111122223333:key/k";
    const role = roleWith([...EXACT, { Effect: "Allow", Action: "kms:Decrypt", Resource: keyArn }]);
    const { calls } = await checkRole(role, [TASK], async () => ({
      exists: true,
      keyArn,
      keyState: "PendingDeletion",
    }));
    expect(calls.find(({ action }) => action === "kms:Decrypt")?.why).toBe("the key is PendingDeletion");
  });

  test("to log in to a registry is made in the Region of the registry", async () => {
    const role = roleWith(
      changed("RegistryLogin", { Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } } }),
    );
    const image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders:v1";
    expect(await verdict(role, "ecr:GetAuthorizationToken", { task: taskOf([{ ...CONTAINER, image }]) })).toBe("ok");
  });
});

test("the conditions of the boundary are evaluated together with those of the policies", async () => {
  const boundary = policy([
    { Effect: "Allow", Action: "*", Resource: "*", Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } },
  ]);
  const role = { ...readSecrets({ StringEquals: { "aws:SourceVpce": "vpce-1" } }), boundary };
  expect(await verdict(role, READ)).toBe("aws:SourceVpce vpce-1 and aws:SourceVpc vpc-1");
});

describe("a denied call names what denies it", () => {
  const BOUNDARY = "arn:aws:iam::111122223333:policy/boundary";
  const denial = deny({}, { Action: "secretsmanager:*" });
  const reading = (Condition: StatementJson["Condition"]) =>
    changed("ReadSecrets", { Sid: "Read", Resource: SECRET, Condition });
  const callsOf = async (role: RoleWithPolicies, keys = NO_KEYS) => (await checkRole(role, [TASK], keys)).calls;

  test.each<[string, RoleWithPolicies, string]>([
    [
      "a Deny by its number",
      roleWith([deny({}, { Action: "s3:*" }), denial, ...EXACT]),
      "the Deny in own, statement 2",
    ],
    [
      "a Deny in the boundary, beside the boundary",
      roleWith(EXACT, { boundary: policy([denial], BOUNDARY) }),
      `the Deny in ${BOUNDARY}, statement 1 and the permissions boundary ${BOUNDARY}, which allows nothing`,
    ],
    [
      "conditions that are not met together",
      roleWith(reading({ Null: { "aws:SourceVpce": "false" }, IpAddress: { "aws:SourceIp": "10.0.0.0/8" } })),
      "the condition on aws:SourceVpce, aws:SourceIp in own, Read",
    ],
    [
      "an Allow and a Deny that leave nothing together",
      roleWith([
        deny({ StringEquals: { "aws:SourceVpce": ["vpce-1", "vpce-2"] } }),
        ...reading({ StringEquals: { "aws:SourceVpce": "vpce-1" } }),
      ]),
      "the Deny in own, statement 1",
    ],
  ])("%s", async (_, role, deniedBy) => {
    expect((await callsOf(role)).find(({ action }) => action === READ)).toMatchObject({ allowed: false, deniedBy });
  });

  test("in the trust policy", async () => {
    const trust = trusting({ StringEquals: { "aws:SourceAccount": "444455556666" } });
    expect((await callsOf(roleWith(EXACT, { trust })))[0]).toMatchObject({
      action: "sts:AssumeRole",
      deniedBy: "the condition on aws:SourceAccount in the trust policy, statement 1",
    });
  });

  test("also if it fails whatever the role allows", async () => {
    const readsAbsent = async (...statements: StatementJson[]) =>
      (await callsOf(roleWith(statements), async () => ({ exists: false }))).find(({ action }) => action === READ);
    const neither = "it does not exist, and the role does not allow it either (access.secrets grants it)";
    const denied = { why: neither, deniedBy: "the Deny in own, statement 7" };
    expect(await readsAbsent(...EXACT, denial)).toMatchObject(denied);
    expect(await readsAbsent(...EXACT.filter(({ Sid }) => Sid !== "ReadSecrets"))).toMatchObject({ why: neither });
    expect(await readsAbsent(...EXACT)).toMatchObject({ why: "it does not exist" });
    expect(await readsAbsent(...EXACT)).not.toHaveProperty("deniedBy");
  });

  test("but not if it is allowed", async () => {
    const calls = await callsOf(roleWith(EXACT));
    expect(calls.filter(({ deniedBy }) => deniedBy !== undefined)).toEqual([]);
  });
});
