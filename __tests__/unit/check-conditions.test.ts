import { checkRole } from "../../cli/findings/check-role";
import type { StatementJson } from "../../cli/policy-json";
import { CONTAINER, NO_KEYS, policy, roleWith, SECRET, statementsFor, taskOf, trusting } from "../support/roles";

const TASK = taskOf([CONTAINER]);
const EXACT = statementsFor({ containerDefinitions: [CONTAINER] });
const changed = (sid: string, change: Partial<StatementJson>) =>
  EXACT.map((one) => (one.Sid === sid ? { ...one, ...change } : one));

type Role = Parameters<typeof checkRole>[0];

/** The results of the calls with an action, in words. */
async function outcome(role: Role, action: string, { task = TASK, keys = NO_KEYS } = {}): Promise<string[]> {
  const { calls } = await checkRole(role, [task], keys);
  const found = calls.filter((one) => one.action === action);
  return found.map(({ allowed, onlyWith }) => (onlyWith ? `only with ${onlyWith}` : allowed ? "allowed" : "denied"));
}

const readSecrets = (Condition: StatementJson["Condition"]) => roleWith(changed("ReadSecrets", { Condition }));
const READ = "secretsmanager:GetSecretValue";
const deny = (Condition: StatementJson["Condition"], more: Partial<StatementJson> = {}) => ({
  Effect: "Deny",
  Action: "*",
  Resource: "*",
  Condition,
  ...more,
});

describe("a condition on an unknown key", () => {
  test.each([
    [{ Null: { "aws:SourceVpce": "false" } }, "aws:SourceVpce"],
    [
      { StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } },
      "aws:ResourceTag/team ${aws:PrincipalTag/team}",
    ],
    [{ StringEquals: { "aws:PrincipalTag/team": "${aws:ResourceTag/team}" } }, "aws:ResourceTag/team payments"],
  ])("allows the call only with a matching value: %j", async (Condition, words) => {
    const role = { ...readSecrets(Condition as never), tags: { team: "payments" } };
    expect(await outcome(role, READ)).toEqual([`only with ${words}`]);
  });

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
    expect(await outcome(role, READ)).toEqual(["only with aws:UserAgent like aws-sdk-go* and aws:SourceVpce vpce-1"]);
  });

  test("is reported if it is in a Deny statement", async () => {
    const role = roleWith([...EXACT, deny({ IpAddress: { "aws:SourceIp": "10.0.0.0/8" } })]);
    expect(await outcome(role, READ)).toEqual(["only with aws:SourceIp not in 10.0.0.0/8"]);
  });

  test.each([
    [{ StringEqualsIfExists: { "aws:SourceVpce": "vpce-1" } }, "aws:SourceVpce vpce-1 or no aws:SourceVpce"],
    [{ StringNotEquals: { "aws:SourceVpce": "vpce-1" } }, "aws:SourceVpce other than vpce-1"],
    [{ IpAddressIfExists: { "aws:SourceIp": "203.0.113.0/24" } }, "no aws:SourceIp or aws:SourceIp in 203.0.113.0/24"],
    [{ NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } }, "aws:SourceIp not in 10.0.0.0/8"],
    [{ Null: { "aws:SourceVpce": "true" } }, "no aws:SourceVpce"],
  ])("is reported even if its operator also matches a missing key: %j", async (Condition, words) => {
    expect(await outcome(readSecrets(Condition as never), READ)).toEqual([`only with ${words}`]);
  });

  test("is evaluated with each of its values", async () => {
    const role = roleWith([
      ...changed("ReadSecrets", { Condition: { IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "192.168.0.0/16"] } } }),
      deny({ NotIpAddress: { "aws:SourceIp": ["172.16.0.0/12", "192.168.0.0/16"] } }),
    ]);
    expect(await outcome(role, READ)).toEqual(["only with aws:SourceIp in 192.168.0.0/16"]);
  });

  test("is reported if the key is a tag of the secret", async () => {
    const Condition = { StringEquals: { "secretsmanager:ResourceTag/team": "payments" } };
    expect(await outcome(readSecrets(Condition), READ)).toEqual(["only with secretsmanager:ResourceTag/team payments"]);
  });

  test("is reported if it is in the trust policy", async () => {
    const trust = trusting({ StringEquals: { "aws:SourceOrgID": "o-example" } });
    expect(await outcome(roleWith(EXACT, { trust }), "sts:AssumeRole")).toEqual([
      "only with aws:SourceOrgID o-example",
    ]);
  });
});

describe("a condition on a key that a task execution role does not have", () => {
  test.each([
    { StringEquals: { "aws:PrincipalTag/team": "payments" } },
    { StringEquals: { "aws:username": "somebody" } },
    { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    { StringEquals: { "aws:SourceAccount": "111122223333" } },
  ])("denies the call: %j", async (Condition) => {
    expect(await outcome(readSecrets(Condition as never), READ)).toEqual(["denied"]);
  });

  test("does not match a policy variable if the policy has no Version 2012-10-17", async () => {
    const Statement = changed("ReadSecrets", { Resource: SECRET.replace("db-", "${aws:PrincipalTag/team}-") });
    const tags = { team: "db" };
    expect(await outcome(roleWith(Statement, { tags }), READ)).toEqual(["allowed"]);
    const old = { name: "old", document: { Statement } };
    expect(await outcome(roleWith([], { tags, policies: [old] }), READ)).toEqual(["denied"]);
  });
});

describe("a condition on the time", () => {
  test.each([
    [{ DateLessThan: { "aws:EpochTime": "2020-01-01T00:00:00Z" } }, "denied"],
    [{ DateGreaterThan: { "aws:EpochTime": "2020-01-01T00:00:00Z" } }, "allowed"],
    [{ DateGreaterThan: { "aws:CurrentTime": "4102444800" } }, "denied"],
    [{ DateLessThan: { "aws:CurrentTime": "4102444800" } }, "allowed"],
    [{ DateLessThan: { "aws:TokenIssueTime": "1893456000" } }, "allowed"],
  ])("is evaluated with the current time: %j", async (Condition, result) => {
    expect(await outcome(readSecrets(Condition as never), READ)).toEqual([result]);
  });

  test("is also evaluated in the trust policy", async () => {
    const Condition = { DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } };
    const trust = trusting(Condition);
    expect(await outcome(roleWith(EXACT, { trust }), "sts:AssumeRole")).toEqual(["denied"]);
  });
});

describe("a call", () => {
  test.each(["*:*", "s*:db-*", "?ecret:db-*"])("may match a resource with a wildcard in its type: %s", async (end) => {
    const Resource = SECRET.replace(/secret:.*$/, end);
    const taken = `only with IAM taking the wildcard in ${Resource}`;
    expect(await outcome(roleWith(changed("ReadSecrets", { Resource })), READ)).toEqual([taken]);
    const denial = { Effect: "Deny", Action: "*", Resource };
    expect(await outcome(roleWith([...EXACT, denial]), READ)).toEqual([taken.replace("taking", "refusing")]);
  });

  test("to decrypt has the secret's ARN in its encryption context", async () => {
    const keyArn = "arn:aws:kms:us-east-1:111122223333:key/k";
    const keys = async () => ({ exists: true, keyArn });
    const decrypt = { Effect: "Allow", Action: "kms:Decrypt", Resource: keyArn };
    const of = (secret: string) => ({ StringEquals: { "kms:EncryptionContext:SecretARN": secret } });
    const results = async (...statements: StatementJson[]) =>
      outcome(roleWith([...EXACT, ...statements]), "kms:Decrypt", { keys });
    expect(await results({ ...decrypt, Condition: of(SECRET) })).toEqual(["allowed"]);
    expect(await results({ ...decrypt, Condition: of("other") })).toEqual(["denied"]);
    expect(await results(decrypt, deny(of(SECRET)))).toEqual(["denied"]);
  });

  test("to write logs without a stream prefix is on a stream named after the Docker container ID", async () => {
    const { "awslogs-stream-prefix": _, ...options } = CONTAINER.logConfiguration.options;
    const task = taskOf([{ ...CONTAINER, logConfiguration: { logDriver: "awslogs", options } }]);
    const Resource = "arn:aws:logs:us-east-1:111122223333:log-group:/ecs/orders:log-stream:ecs/*";
    expect(await outcome(roleWith(changed("WriteLogs", { Resource })), "logs:PutLogEvents", { task })).toEqual([
      "denied",
    ]);
  });

  test("to decrypt is made through an AWS service, and fails if the key is pending deletion", async () => {
    const keyArn = "arn:aws:kms:us-east-1:111122223333:key/k";
    const Condition = { Bool: { "aws:ViaAWSService": "true" } };
    const role = roleWith([...EXACT, { Effect: "Allow", Action: "kms:Decrypt", Resource: keyArn, Condition }]);
    expect(await outcome(role, "kms:Decrypt", { keys: async () => ({ exists: true, keyArn }) })).toEqual(["allowed"]);
    const keys = async () => ({ exists: true, keyArn, keyState: "PendingDeletion" });
    const { calls } = await checkRole(role, [TASK], keys);
    expect(calls.find(({ action }) => action === "kms:Decrypt")?.why).toBe("the key is PendingDeletion");
  });

  test("to log in to a registry is made in the Region of the registry", async () => {
    const Condition = { StringEquals: { "aws:RequestedRegion": "eu-west-1" } };
    const image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders:v1";
    const role = roleWith(changed("RegistryLogin", { Condition }));
    expect(await outcome(role, "ecr:GetAuthorizationToken")).toEqual(["denied"]);
    const task = taskOf([{ ...CONTAINER, image }]);
    expect(await outcome(role, "ecr:GetAuthorizationToken", { task })).toEqual(["allowed"]);
  });

  test("to write logs is on the log stream of the container", async () => {
    const streams = (prefix: string) =>
      roleWith(
        changed("WriteLogs", {
          Resource: `arn:aws:logs:us-east-1:111122223333:log-group:/ecs/orders:log-stream:${prefix}/*`,
        }),
      );
    expect(await outcome(streams("orders/app"), "logs:PutLogEvents")).toEqual(["allowed"]);
    expect(await outcome(streams("ecs"), "logs:PutLogEvents")).toEqual(["denied"]);
  });

  test("to read an environment file can be to a bucket in another account", async () => {
    const Condition = { StringEquals: { "aws:ResourceAccount": "444455556666" } };
    const role = roleWith(changed("ReadEnvironmentFiles", { Condition }));
    expect(await outcome(role, "s3:GetObject")).toEqual(["only with aws:ResourceAccount 444455556666"]);
    expect(await outcome(roleWith(EXACT), "s3:GetObject")).toEqual([
      "only with aws:ResourceAccount ${aws:PrincipalAccount}",
    ]);
    expect(await outcome(roleWith(changed("ReadEnvironmentFiles", { Condition: {} })), "s3:GetObject")).toEqual([
      "allowed",
    ]);
  });

  test("on a secret with an unknown suffix is denied only if no suffix can match", async () => {
    const task = taskOf([{ ...CONTAINER, secrets: [{ name: "P", valueFrom: SECRET.replace("-AbCdEf", "") }] }]);
    const keys = async () => ({ exists: true, unknown: "secretsmanager:DescribeSecret: AccessDenied" });
    expect(await outcome(roleWith(EXACT), READ, { task, keys })).toEqual([`only with the ARN ${SECRET}`]);
    expect(
      await outcome(roleWith(changed("ReadSecrets", { Resource: SECRET.replace("db", "other") })), READ, {
        task,
        keys,
      }),
    ).toEqual(["denied"]);
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
  expect(await outcome(role, READ)).toEqual(["only with aws:SourceVpce vpce-1 and aws:SourceVpc vpc-1"]);
});
