import { checkRole } from "../../cli/findings/check-role";
import { isOnlyFargate } from "../../cli/needs/task";
import type { StatementJson } from "../../cli/policy-json";
import { fixture } from "../support/fixture";
import { CONTAINER, NO_KEYS, policy, roleWith, SECRET, statementsFor, taskOf, trusting } from "../support/roles";

const TASK = taskOf([CONTAINER]);
const EXACT = statementsFor({ containerDefinitions: [CONTAINER] });
const changed = (sid: string, change: Partial<StatementJson>) =>
  EXACT.map((one) => (one.Sid === sid ? { ...one, ...change } : one));

type Role = Parameters<typeof checkRole>[0];

/** The verdict on the first call with an action: `ok`, `denied`, or the condition under which it is allowed. */
async function verdict(role: Role, action: string, { task = TASK, keys = NO_KEYS } = {}): Promise<string | undefined> {
  const { calls } = await checkRole(role, [task], keys);
  const found = calls.find((one) => one.action === action);
  return found && (found.allowed ? (found.onlyWith ?? "ok") : "denied");
}

const READ = "secretsmanager:GetSecretValue";
const withoutReading = EXACT.filter(({ Sid }) => Sid !== "ReadSecrets");
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

describe("a condition on an unknown key", () => {
  test("is evaluated without the statements about other actions", async () => {
    const other = {
      Effect: "Allow",
      Action: "dynamodb:*",
      Resource: "*",
      Condition: { StringEquals: { "aws:SourceVpce": "vpce-2" } },
    };
    const role = roleWith([
      ...changed("ReadSecrets", { Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } }),
      other,
      deny({ StringNotLike: { "aws:UserAgent": "aws-sdk-go*" } }),
    ]);
    expect(await verdict(role, READ)).toBe("aws:UserAgent like aws-sdk-go* and aws:SourceVpce vpce-1");
  });

  test("is reported if it is in a Deny statement", async () => {
    const role = roleWith([...EXACT, deny({ IpAddress: { "aws:SourceIp": "10.0.0.0/8" } })]);
    expect(await verdict(role, READ)).toBe("aws:SourceIp not in 10.0.0.0/8");
  });

  test("is evaluated with each of its values", async () => {
    const role = roleWith([
      ...changed("ReadSecrets", { Condition: { IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "192.168.0.0/16"] } } }),
      deny({ NotIpAddress: { "aws:SourceIp": ["172.16.0.0/12", "192.168.0.0/16"] } }),
    ]);
    expect(await verdict(role, READ)).toBe("aws:SourceIp in 192.168.0.0/16");
  });
});

test("a policy without Version 2012-10-17 has no policy variables", async () => {
  const Statement = changed("ReadSecrets", { Resource: SECRET.replace("db-", "${aws:PrincipalTag/team}-") });
  const tags = { team: "db" };
  expect(await verdict(roleWith(Statement, { tags }), READ)).toBe("ok");
  const old = { name: "old", document: { Statement } };
  expect(await verdict(roleWith([], { tags, policies: [old] }), READ)).toBe("denied");
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
  expect(await verdict(roleWith([...withoutReading, read, denial]), READ)).toBe(expected);
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

  test("to write logs without a stream prefix is on a stream named after the Docker container ID", async () => {
    const { "awslogs-stream-prefix": _, ...options } = CONTAINER.logConfiguration.options;
    const task = taskOf([{ ...CONTAINER, logConfiguration: { logDriver: "awslogs", options } }]);
    const Resource = "arn:aws:logs:us-east-1:111122223333:log-group:/ecs/orders:log-stream:ecs/*";
    expect(await verdict(roleWith(changed("WriteLogs", { Resource })), "logs:PutLogEvents", { task })).toBe("denied");
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

  test("to write logs is on the log stream of the container", async () => {
    const streams = (prefix: string) =>
      roleWith(
        changed("WriteLogs", {
          Resource: `arn:aws:logs:us-east-1:111122223333:log-group:/ecs/orders:log-stream:${prefix}/*`,
        }),
      );
    expect(await verdict(streams("orders/app"), "logs:PutLogEvents")).toBe("ok");
    expect(await verdict(streams("ecs"), "logs:PutLogEvents")).toBe("denied");
  });

  test("on a secret with an unknown suffix is denied only if no suffix can match", async () => {
    const task = taskOf([{ ...CONTAINER, secrets: [{ name: "P", valueFrom: SECRET.replace("-AbCdEf", "") }] }]);
    const keys = async () => ({ exists: true, unknown: "secretsmanager:DescribeSecret: AccessDenied" });
    expect(await verdict(roleWith(EXACT), READ, { task, keys })).toBe(`the ARN ${SECRET}`);
    expect(
      await verdict(roleWith(changed("ReadSecrets", { Resource: SECRET.replace("db", "other") })), READ, {
        task,
        keys,
      }),
    ).toBe("denied");
  });
});

describe("the excess of a statement", () => {
  const excess = async (Statement: readonly StatementJson[], task = TASK) =>
    (await checkRole(roleWith(Statement), [task], NO_KEYS)).excess.map(({ action, why }) => `${action}: ${why}`);
  const files = (Condition: StatementJson["Condition"]) => changed("ReadEnvironmentFiles", { Condition });

  test.each([
    { StringEquals: { "aws:ResourceAccount": "111122223333" } },
    { StringEquals: { "s3:ResourceAccount": ["111122223333"] } },
    { StringLike: { "AWS:resourceaccount": "${aws:PrincipalAccount}" } },
  ])("is empty with the condition %j", async (Condition) => {
    expect(await excess(files(Condition as never))).toEqual([]);
  });

  test.each([
    { StringEquals: { "aws:ResourceAccount": ["111122223333", "444455556666"] } },
    { StringLike: { "aws:ResourceAccount": "*" } },
    { StringNotEquals: { "aws:ResourceAccount": "444455556666" } },
    { StringEqualsIfExists: { "aws:ResourceAccount": "111122223333" } },
  ])("is reported with the condition %j", async (Condition) => {
    expect(await excess(files(Condition as never))).toEqual([
      "s3:GetObject: its condition on aws:ResourceAccount allows more than the tasks need",
    ]);
  });

  test("does not include the registry login if the role allows the GuardDuty agent", async () => {
    const task = taskOf([{ name: "app", image: "nginx" }]);
    expect(await excess(statementsFor({ guardDutyAgent: true }), task)).toEqual([]);
    expect(
      await excess(
        EXACT.filter(({ Sid }) => Sid === "RegistryLogin"),
        task,
      ),
    ).toHaveLength(1);
  });

  test("is not hidden by a policy variable in the boundary or in a Deny statement", async () => {
    const tags = { team: "team-a" };
    const own = { Effect: "Allow", Action: "s3:DeleteObject", Resource: "arn:aws:s3:::data/team-a/*" };
    const ofTeam = "arn:aws:s3:::data/${aws:PrincipalTag/team}/*";
    const boundary = policy([...EXACT, { Effect: "Allow", Action: "s3:*", Resource: ofTeam }]);
    const denial = { Effect: "Deny", Action: "s3:DeleteObject", NotResource: ofTeam };
    for (const role of [roleWith([...EXACT, own], { tags, boundary }), roleWith([...EXACT, own, denial], { tags })]) {
      expect((await checkRole(role, [TASK], NO_KEYS)).excess.map(({ action }) => action)).toEqual(["s3:DeleteObject"]);
    }
  });

  test("is not hidden by an unknown policy variable in the boundary", async () => {
    const own = { Effect: "Allow", Action: "s3:DeleteObject", Resource: "arn:aws:s3:::data/us-east-1/*" };
    const ofRegion = { Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::data/${aws:RequestedRegion}/*" };
    const role = roleWith([...EXACT, own], { boundary: policy([...EXACT, ofRegion]) });
    expect((await checkRole(role, [TASK], NO_KEYS)).excess.map(({ action }) => action)).toEqual(["s3:DeleteObject"]);
  });

  test("is reported if a condition value is a number, which IAM treats as a string", async () => {
    expect(await excess(files({ StringEquals: { "aws:ResourceAccount": 444455556666 as never } }))).toHaveLength(1);
  });

  test("does not include other partitions or what a Deny statement with an empty condition blocks", async () => {
    const Resource = "arn:*:ecr:us-east-1:111122223333:repository/orders";
    expect(await excess(changed("PullImages", { Resource }))).toEqual([]);
    const put = { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::backups/*" };
    expect(await excess([...EXACT, put, deny({}, { Action: "s3:PutObject" })])).toEqual([]);
  });
});

test("the example of an excess call on objects is an object", async () => {
  const some = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::logs*" };
  const { excess } = await checkRole(roleWith([...EXACT, some]), [TASK], NO_KEYS);
  expect(excess.map(({ example }) => example.resource)).toEqual(["arn:aws:s3:::logsx/x"]);
});

test("the conditions of the boundary are evaluated together with those of the policies", async () => {
  const boundary = policy([
    { Effect: "Allow", Action: "*", Resource: "*", Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } },
  ]);
  const role = { ...readSecrets({ StringEquals: { "aws:SourceVpce": "vpce-1" } }), boundary };
  expect(await verdict(role, READ)).toBe("aws:SourceVpce vpce-1 and aws:SourceVpc vpc-1");
});
