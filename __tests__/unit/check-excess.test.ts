import { checkRole } from "../../cli/findings/check-role";
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
  statementsFor,
  TASK,
  taskOf,
} from "../support/roles";

type Role = Parameters<typeof checkRole>[0];

const check = (role: Role, tasks = [TASK]) => checkRole(role, tasks, NO_KEYS);
const excess = async (role: Role, tasks = [TASK]) =>
  (await check(role, tasks)).excess.map(({ action, resource }) => `${action} ${resource}`);
const reasons = async (...statements: StatementJson[]) =>
  (await check(roleWith(statements))).excess.map(({ action, why }) => `${action}: ${why}`);

const and = (...more: StatementJson[]) => roleWith([...EXACT, ...more]);
const allow = (Action: string | readonly string[], Resource: string | readonly string[]): StatementJson => ({
  Effect: "Allow",
  Action,
  Resource,
});

describe("the excess of a role", () => {
  test("names what returns secrets before other writes, and an action that no task needs before one on too many resources", async () => {
    const actions = [
      "logs:PutLogEvents",
      "ecr:BatchImportUpstreamImage",
      "ssm:Get*",
      "s3:ListAllMyBuckets",
      "ecr:Batch*",
    ];
    const elsewhere = allow("logs:PutLogEvents", "arn:aws:logs:us-east-1:111122223333:log-group:/other:*");
    const { excess } = await check(and(allow(actions, "*"), elsewhere));
    expect(excess.map(({ action, example, why }) => `${action}, ${example.action}: ${why}`)).toEqual([
      "ssm:Get*, ssm:GetParameter: no task needs the action",
      "ecr:BatchImportUpstreamImage, ecr:BatchImportUpstreamImage: only a pull-through cache needs the action",
      "ecr:Batch*, ecr:BatchImportUpstreamImage: no task needs all these actions",
      "logs:PutLogEvents, logs:PutLogEvents: no task needs it on all these resources",
      "logs:PutLogEvents, logs:PutLogEvents: no task needs it on any of these resources",
      "s3:ListAllMyBuckets, s3:ListAllMyBuckets: no task needs the action",
    ]);
  });

  test("is reported as an action and a resource pattern, most dangerous first, with an example", async () => {
    const { excess } = await check(and(allow(["s3:ListAllMyBuckets", "iam:*", "dynamodb:Get*"], "*")));
    expect(excess.map(({ action, level }) => `${action} ${level}`)).toEqual([
      "iam:* Permissions management",
      "dynamodb:Get* Read",
      "s3:ListAllMyBuckets List",
    ]);
    expect(excess[1]?.example).toEqual({ action: "dynamodb:GetAbacStatus", resource: "*" });
    const [objects] = (await check(and(allow("s3:GetObject", "arn:aws:s3:::logs*")))).excess;
    expect(objects?.example.resource).toBe("arn:aws:s3:::logsx/x");
  });

  test("includes everything except what NotResource excludes", async () => {
    expect(await excess(and({ Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::x/*" }))).toEqual([
      "s3:GetObject *",
    ]);
  });

  test("does not include what a Deny statement or the boundary blocks", async () => {
    const wide = allow("s3:PutObject", "arn:aws:s3:::backups/*");
    const denial = { Effect: "Deny", Action: "s3:Put*", Resource: "*" };
    const boundary = policy([{ Effect: "Allow", NotAction: "s3:Put*", Resource: "*" }]);
    expect(await excess(and(wide, denial))).toEqual([]);
    expect(await excess(and(wide, { ...denial, Condition: {} }))).toEqual([]);
    expect(await excess({ ...and(wide), boundary })).toEqual([]);
    const sometimes = { ...denial, Condition: { Bool: { "aws:SecureTransport": "false" } } };
    expect(await excess(and(wide, sometimes))).toEqual(["s3:PutObject arn:aws:s3:::backups/*"]);
  });

  test("is not hidden by a policy variable in the boundary or in a Deny statement", async () => {
    const more = { tags: { team: "team-a" } };
    const own = allow("s3:DeleteObject", ["arn:aws:s3:::data/team-a/*", "arn:aws:s3:::data/us-east-1/*"]);
    const to = (name: string) => policy([...EXACT, allow("s3:*", `arn:aws:s3:::data/\${${name}}/*`)]);
    const denial = { Effect: "Deny", Action: "s3:*", NotResource: "arn:aws:s3:::data/${aws:PrincipalTag/team}/*" };
    const [ofTeam, ofRegion] = ["arn:aws:s3:::data/team-a/*", "arn:aws:s3:::data/us-east-1/*"];
    expect(await excess({ ...and(own), ...more, boundary: to("aws:PrincipalTag/team") })).toContainEqual(
      `s3:DeleteObject ${ofTeam}`,
    );
    expect(await excess({ ...and(own, denial), ...more })).toContainEqual(`s3:DeleteObject ${ofTeam}`);
    expect(await excess({ ...and(own), boundary: to("aws:RequestedRegion") })).toContainEqual(
      `s3:DeleteObject ${ofRegion}`,
    );
  });

  test("does not include what another task with the same role needs", async () => {
    const other = { ...CONTAINER, image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/billing:v1" };
    const both = roleWith(statementsFor({ containerDefinitions: [CONTAINER, other] }));
    expect(await excess(both, [TASK, taskOf([other], {}, "billing:1")])).toEqual([]);
    expect(await excess(both)).toEqual(
      ["BatchCheckLayerAvailability", "BatchGetImage", "GetDownloadUrlForLayer"].map(
        (action) => `ecr:${action} arn:aws:ecr:us-east-1:111122223333:repository/billing`,
      ),
    );
  });

  test("does not include the GuardDuty agent and the login that it needs", async () => {
    const task = taskOf([{ name: "app", image: "nginx" }]);
    expect(await excess(roleWith(statementsFor({ guardDutyAgent: true })), [task])).toEqual([]);
    const login = EXACT.filter(({ Sid }) => Sid === "RegistryLogin");
    expect(await excess(roleWith(login), [task])).toHaveLength(1);
  });

  test("names every statement that allows the same action on the same resource once", async () => {
    const one = allow(["s3:PutObject", "S3:ListAllMyBuckets"], "*");
    const others = [
      { ...one, Sid: "Again" },
      { ...one, Sid: "Narrow", Resource: "arn:aws:s3:::x/*" },
    ];
    const policies = [policy([...EXACT, one, allow("kms:Decrypt", "*")], "first"), policy(others, "second")];
    const { excess } = await check(roleWith([], { policies }));
    const also = [{ policy: "second", statement: "Again" }];
    expect(excess.map(({ action, resource, policy, also }) => ({ action, resource, policy, also }))).toEqual([
      { action: "s3:PutObject", resource: "*", policy: "first", also },
      { action: "kms:Decrypt", resource: "*", policy: "first", also: undefined },
      { action: "s3:PutObject", resource: "arn:aws:s3:::x/*", policy: "second", also: undefined },
      { action: "S3:ListAllMyBuckets", resource: "*", policy: "first", also },
    ]);
  });

  test("does not include an action on a resource type or a partition that it does not support", async () => {
    const files = ["arn:aws:s3:::orders-config", "arn:aws:s3:::orders-config/production.env"];
    const Condition = { StringEquals: { "aws:ResourceAccount": "111122223333" } };
    const one = { ...allow(["s3:GetObject", "s3:GetBucketLocation"], files), Condition };
    expect(await excess(roleWith([...EXACT.filter(({ Sid }) => !Sid?.endsWith("EnvironmentFiles")), one]))).toEqual([]);
    const Resource = "arn:*:ecr:us-east-1:111122223333:repository/orders";
    expect(await excess(roleWith(changed("PullImages", { Resource })))).toEqual([]);
  });

  test.each([
    ["the secret's name with six wildcards", SECRET.replace("AbCdEf", "??????"), []],
    ["all secrets whose names start the same", SECRET.replace("AbCdEf", "*"), ["secretsmanager:GetSecretValue"]],
    ["the secret in all Regions", SECRET.replace("us-east-1", "*"), ["secretsmanager:GetSecretValue"]],
  ])("is correct for %s", async (_, Resource, actions) => {
    const found = await excess(roleWith(changed("ReadSecrets", { Resource })));
    expect(found).toEqual(actions.map((action) => `${action} ${Resource}`));
  });

  const TOO_WIDE = "s3:GetObject: its condition on aws:ResourceAccount allows more than the tasks need";

  test.each<[object, string[]]>([
    [{ StringEquals: { "aws:ResourceAccount": "111122223333" } }, []],
    [{ StringEquals: { "s3:ResourceAccount": ["111122223333"] } }, []],
    [{ StringLike: { "AWS:resourceaccount": "${aws:PrincipalAccount}" } }, []],
    [{ StringEquals: { "aws:ResourceAccount": ["111122223333", "444455556666"] } }, [TOO_WIDE]],
    [{ StringEquals: { "aws:ResourceAccount": 444455556666 } }, [TOO_WIDE]],
    [{ StringLike: { "aws:ResourceAccount": "*" } }, [TOO_WIDE]],
    [{ StringNotEquals: { "aws:ResourceAccount": "444455556666" } }, [TOO_WIDE]],
    [{ StringEqualsIfExists: { "aws:ResourceAccount": "111122223333" } }, [TOO_WIDE]],
  ])("with the condition %j is %j", async (Condition, expected) => {
    expect(await reasons(...changed("ReadEnvironmentFiles", { Condition } as StatementJson))).toEqual(expected);
  });

  test("says which condition is missing also if the resources are too many", async () => {
    expect(await reasons(...changed("ReadEnvironmentFiles", { Resource: "*", Condition: {} }))).toEqual([
      "s3:GetObject: no task needs it on all these resources; it has no condition on aws:ResourceAccount",
    ]);
  });
});

/** A statement, and which of its parts can never match a call. */
interface Case {
  readonly what: string;
  readonly statement: StatementJson;
  readonly dead: readonly string[];
}

describe("a dead statement", () => {
  test.each(fixture<Case[]>("dead-statements.json").map((one) => [one.what, one] as const))(
    "is found in %s, if it is one",
    async (_, { statement, dead }) => {
      const found = (await check(and({ Sid: "More", ...statement }))).dead;
      expect(found.map((one) => `${one.statement}: ${one.action} on ${one.resource}: ${one.why}`)).toEqual(
        dead.map((text) => `More: ${text}`),
      );
    },
  );

  test("is a secret without its suffix whose name ends like one", async () => {
    const container = { ...CONTAINER, secrets: [{ name: "A", valueFrom: SECRET.replace("db-", "db-secret-") }] };
    const role = roleWith([allow("secretsmanager:GetSecretValue", SECRET.replace("db-AbCdEf", "db-secret"))]);
    const { dead } = await check(role, [taskOf([container])]);
    expect(dead.map(({ why }) => why)).toEqual(["the ARN of a secret ends with a hyphen and six random characters"]);
  });

  test("is not excess too", async () => {
    const role = and(allow(["s3:HeadBucket", "s3:ListBucket"], ["arn:aws:s3:::a", "arn:aws-cn:s3:::a"]));
    expect(await excess(role)).toEqual(["s3:ListBucket arn:aws:s3:::a"]);
  });
});

describe("a statement about the actions of every service", () => {
  test("allows the task's calls with *:*, and is excess", async () => {
    const { calls, excess } = await check(roleWith([allow("*:*", "*")]));
    expect(calls.filter(({ allowed }) => !allowed)).toEqual([]);
    expect(excess).toMatchObject([{ action: "*:*", level: "Permissions management" }]);
  });

  test("is excess except for what NotAction excludes, which need not exist, and is not dead", async () => {
    const { excess, dead } = await check(and({ Effect: "Allow", NotAction: ["s3:HeadBucket"], Resource: "*" }));
    expect(excess.map(({ action, resource }) => `${action} ${resource}`)).toEqual(["all but s3:HeadBucket *"]);
    expect(dead).toEqual([]);
  });
});
