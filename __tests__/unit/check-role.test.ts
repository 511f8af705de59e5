import { checkRole } from "../../cli/findings/check-role";
import type { StatementJson } from "../../cli/policy-json";
import { missingCalls } from "../../cli/reports/report";
import { REAL_DEFINITIONS } from "../support/real-definitions";
import { CONTAINER, LOCATION, NO_KEYS, policy, roleWith, SECRET, statementsFor, taskOf } from "../support/roles";

const EXACT = statementsFor({ containerDefinitions: [CONTAINER] });

const missing = async (role: Parameters<typeof checkRole>[0], task = taskOf([CONTAINER]), keys = NO_KEYS) =>
  missingCalls({ ...(await checkRole(role, [task], keys)) } as never).map(
    ({ action, resource }) => `${action} ${resource}`,
  );

const excess = async (role: Parameters<typeof checkRole>[0], tasks = [taskOf([CONTAINER])]) =>
  (await checkRole(role, tasks, NO_KEYS)).excess.map(({ action, resource }) => `${action} ${resource}`);

const without = (sid: string) => EXACT.filter(({ Sid }) => Sid !== sid);
const changed = (sid: string, change: Partial<StatementJson>) =>
  EXACT.map((one) => (one.Sid === sid ? { ...one, ...change } : one));

describe("the role that the construct creates", () => {
  test.each(REAL_DEFINITIONS.map((one) => [one.title, one] as const))(
    "allows what %s needs, and nothing else",
    async (_, { containerDefinitions }) => {
      const role = roleWith(statementsFor({ containerDefinitions }));
      const { calls, excess, dead } = await checkRole(role, [taskOf(containerDefinitions)], NO_KEYS);
      expect([calls.filter(({ allowed }) => !allowed), excess, dead]).toEqual([[], [], []]);
    },
  );

  test("lacks permissions if any of its statements is removed", async () => {
    for (const { Sid = "", Action } of EXACT) {
      const { calls } = await checkRole(roleWith(without(Sid)), [taskOf([CONTAINER])], NO_KEYS);
      const denied = calls.filter(({ allowed }) => !allowed);
      expect([Sid, ...new Set(denied.map(({ action }) => action))]).toEqual([Sid, ...(Action as string[])]);
      expect(denied.flatMap(({ tasks }) => tasks)).toContainEqual({ taskDefinition: "orders:1", container: "app" });
    }
  });

  test("has excess permissions if any of its statements allows all resources", async () => {
    for (const { Sid = "", Action, Resource } of EXACT.filter((one) => one.Sid !== "RegistryLogin")) {
      const wider = changed(Sid, { Resource: ["*", ...[Resource ?? []].flat()] });
      expect(await excess(roleWith(wider))).toEqual((Action as string[]).map((action) => `${action} *`));
    }
  });
});

describe("a needed call", () => {
  test("is on the full ARN of a secret if the task definition omits the suffix", async () => {
    const container = { ...CONTAINER, secrets: [{ name: "PASSWORD", valueFrom: SECRET.replace("-AbCdEf", "") }] };
    const keys = async () => ({ exists: true, arn: SECRET });
    expect(await missing(roleWith(EXACT), taskOf([container]), keys)).toEqual([]);
    const other = changed("ReadSecrets", { Resource: SECRET.replace("AbCdEf", "GhIjKl") });
    expect(await missing(roleWith(other), taskOf([container]), keys)).toEqual([
      `secretsmanager:GetSecretValue ${SECRET}`,
    ]);
  });

  test("is kms:Decrypt if the secret has a customer managed key, which is excess without a condition", async () => {
    const keyArn = "arn:aws:kms:us-east-1:111122223333:key/k";
    const keys = async () => ({ exists: true, keyArn });
    expect(await missing(roleWith(EXACT), taskOf([CONTAINER]), keys)).toEqual([`kms:Decrypt ${keyArn}`]);
    const role = roleWith([...EXACT, { Effect: "Allow", Action: "kms:Decrypt", Resource: keyArn }]);
    const { excess } = await checkRole(role, [taskOf([CONTAINER])], keys);
    expect(excess.map(({ why }) => why)).toEqual(["it has no condition on kms:ViaService"]);
  });

  test("fails if the secret does not exist, whatever the role allows", async () => {
    const { calls } = await checkRole(roleWith(EXACT), [taskOf([CONTAINER])], async () => ({ exists: false }));
    expect(calls.filter(({ allowed }) => !allowed)).toMatchObject([{ resource: SECRET, why: "it does not exist" }]);
  });

  test("is fsx:DescribeFileSystems for an FSx volume, in addition to reading its credentials", async () => {
    const fsx = {
      fileSystemId: "fs-0123456789abcdef0",
      rootDirectory: "share",
      authorizationConfig: { credentialsParameter: SECRET.replace("db", "ad"), domain: "example.com" },
    };
    const task = taskOf([CONTAINER], { volumes: [{ name: "data", fsxWindowsFileServerVolumeConfiguration: fsx }] });
    expect(await missing(roleWith(EXACT), task)).toEqual([
      `secretsmanager:GetSecretValue ${SECRET.replace("db", "ad")}`,
      "fsx:DescribeFileSystems *",
    ]);
  });
});

describe("the excess of a role", () => {
  const and = (more: StatementJson) => roleWith([...EXACT, more]);

  test("is reported as an action and a resource pattern, most dangerous first, with an example", async () => {
    const more = { Effect: "Allow", Action: ["s3:ListAllMyBuckets", "iam:*", "dynamodb:Get*"], Resource: "*" };
    const { excess } = await checkRole(and(more), [taskOf([CONTAINER])], NO_KEYS);
    expect(excess.map(({ action, level }) => `${action} ${level}`)).toEqual([
      "iam:* Permissions management",
      "dynamodb:Get* Read",
      "s3:ListAllMyBuckets List",
    ]);
    expect(excess[1]?.example).toEqual({
      action: "dynamodb:GetAbacStatus",
      resource: "*",
    });
  });

  test("includes everything except what NotResource excludes", async () => {
    expect(await excess(and({ Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::x/*" }))).toEqual([
      "s3:GetObject *",
    ]);
  });

  test("does not include what a Deny statement or the boundary blocks", async () => {
    const wide = [...EXACT, { Effect: "Allow", Action: ["s3:PutObject"], Resource: "arn:aws:s3:::backups/*" }];
    expect(await excess(roleWith(wide))).toEqual(["s3:PutObject arn:aws:s3:::backups/*"]);
    const denial = { Effect: "Deny", Action: "s3:Put*", Resource: "*" };
    expect(await excess(roleWith([...wide, denial]))).toEqual([]);
    const boundary = policy([{ Effect: "Allow", NotAction: "s3:Put*", Resource: "*" }]);
    expect(await excess(roleWith(wide, { boundary }))).toEqual([]);
    const sometimes = { ...denial, Condition: { Bool: { "aws:SecureTransport": "false" } } };
    expect(await excess(roleWith([...wide, sometimes]))).toEqual(["s3:PutObject arn:aws:s3:::backups/*"]);
  });

  test("does not include what another task with the same role needs", async () => {
    const other = { ...CONTAINER, image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/billing:v1" };
    const both = roleWith(statementsFor({ containerDefinitions: [CONTAINER, other] }));
    expect(await excess(both, [taskOf([CONTAINER]), taskOf([other], {}, "billing:1")])).toEqual([]);
    expect(await excess(both)).toEqual(
      ["BatchCheckLayerAvailability", "BatchGetImage", "GetDownloadUrlForLayer"].map(
        (action) => `ecr:${action} arn:aws:ecr:us-east-1:111122223333:repository/billing`,
      ),
    );
  });

  test("names every statement that allows the same action on the same resource once", async () => {
    const one = { Effect: "Allow", Action: ["s3:PutObject", "S3:ListAllMyBuckets"], Resource: "*" };
    const decrypt = { Effect: "Allow", Action: "kms:Decrypt", Resource: "*" };
    const role = roleWith(EXACT, {
      policies: [
        policy([...EXACT, one, decrypt], "first"),
        policy(
          [
            { ...one, Sid: "Again" },
            { ...one, Sid: "Narrow", Resource: "arn:aws:s3:::x/*" },
          ],
          "second",
        ),
      ],
    });
    const { excess } = await checkRole(role, [taskOf([CONTAINER])], NO_KEYS);
    const also = [{ policy: "second", statement: "Again" }];
    expect(excess.map(({ action, resource, policy, also }) => ({ action, resource, policy, also }))).toEqual([
      { action: "s3:PutObject", resource: "*", policy: "first", also },
      { action: "kms:Decrypt", resource: "*", policy: "first", also: undefined },
      { action: "s3:PutObject", resource: "arn:aws:s3:::x/*", policy: "second", also: undefined },
      { action: "S3:ListAllMyBuckets", resource: "*", policy: "first", also },
    ]);
  });

  test("names what returns secrets before other writes, and an action that no task needs before one on too many resources", async () => {
    const more = { Effect: "Allow", Resource: "*" };
    const Action = [
      "logs:PutLogEvents",
      "ecr:BatchImportUpstreamImage",
      "ssm:Get*",
      "s3:ListAllMyBuckets",
      "ecr:Batch*",
    ];
    const elsewhere = {
      ...more,
      Action: "logs:PutLogEvents",
      Resource: "arn:aws:logs:us-east-1:111122223333:log-group:/other:*",
    };
    const { excess } = await checkRole(
      roleWith([...EXACT, { ...more, Action }, elsewhere]),
      [taskOf([CONTAINER])],
      NO_KEYS,
    );
    expect(excess.map(({ action, example, why }) => `${action}, ${example.action}: ${why}`)).toEqual([
      "ssm:Get*, ssm:GetParameter: no task needs the action",
      "ecr:BatchImportUpstreamImage, ecr:BatchImportUpstreamImage: only a pull-through cache needs the action",
      "ecr:Batch*, ecr:BatchImportUpstreamImage: no task needs all these actions",
      "logs:PutLogEvents, logs:PutLogEvents: no task needs it on all these resources",
      "logs:PutLogEvents, logs:PutLogEvents: no task needs it on any of these resources",
      "s3:ListAllMyBuckets, s3:ListAllMyBuckets: no task needs the action",
    ]);
  });

  test("says which condition is missing also if the resources are too many", async () => {
    const found = await checkRole(
      roleWith(changed("ReadEnvironmentFiles", { Resource: "*", Condition: {} })),
      [taskOf([CONTAINER])],
      NO_KEYS,
    );
    expect(found.excess.map(({ why }) => why)).toEqual([
      "no task needs it on all these resources; it has no condition on aws:ResourceAccount",
    ]);
  });

  test("does not include an action on a resource type that it does not support", async () => {
    const files = ["arn:aws:s3:::orders-config", "arn:aws:s3:::orders-config/production.env"];
    const Condition = { StringEquals: { "aws:ResourceAccount": "111122223333" } };
    const Action = ["s3:GetObject", "s3:GetBucketLocation"];
    const one = { Effect: "Allow", Action, Resource: files, Condition };
    expect(await excess(roleWith([...EXACT.filter(({ Sid }) => !Sid?.endsWith("EnvironmentFiles")), one]))).toEqual([]);
  });

  test.each([
    ["the secret's name with six wildcards", SECRET.replace("AbCdEf", "??????"), []],
    ["all secrets whose names start the same", SECRET.replace("AbCdEf", "*"), ["secretsmanager:GetSecretValue"]],
    ["the secret in all Regions", SECRET.replace("us-east-1", "*"), ["secretsmanager:GetSecretValue"]],
  ])("is correct for %s", async (_, Resource, actions) => {
    const found = await excess(roleWith(changed("ReadSecrets", { Resource })));
    expect(found).toEqual(actions.map((action) => `${action} ${Resource}`));
  });

  test("does not include the GuardDuty agent", async () => {
    expect(LOCATION.region).toBe("us-east-1");
    expect(await excess(roleWith(statementsFor({ containerDefinitions: [CONTAINER], guardDutyAgent: true })))).toEqual(
      [],
    );
  });
});
