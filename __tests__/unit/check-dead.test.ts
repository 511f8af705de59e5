import { checkRole } from "../../cli/findings/check-role";
import type { OneOrMore, StatementJson } from "../../cli/policy-json";
import { REAL_DEFINITIONS } from "../support/real-definitions";
import { CONTAINER, NO_KEYS, roleWith, SECRET, statementsFor, taskOf } from "../support/roles";

const EXACT = statementsFor({ containerDefinitions: [CONTAINER] });
const IN = "us-east-1:111122223333";
const KEY = `arn:aws:kms:${IN}:key/1a2b3c4d-0000-0000-0000-000000000000`;
const ALIAS = `arn:aws:kms:${IN}:alias/orders`;
const GROUP = `arn:aws:logs:${IN}:log-group:/ecs/orders`;
const SUFFIX = "the ARN of a secret ends with a hyphen and six random characters";
const NO_ACTION = "the Service Authorization Reference lists no such action";

const findings = (...statements: StatementJson[]) =>
  checkRole(roleWith([...EXACT, ...statements]), [taskOf([CONTAINER])], NO_KEYS);

const allow = (Action: OneOrMore, Resource: OneOrMore, Condition?: StatementJson["Condition"]): StatementJson => ({
  Sid: "More",
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition && { Condition }),
});

const dead = async (statement: StatementJson) => {
  const { dead } = await findings(statement);
  expect(dead.filter((one) => one.policy !== "own" || one.statement !== "More")).toEqual([]);
  return dead.map(({ action, resource, why }) => `${action} on ${resource}: ${why}`);
};

describe("a dead statement", () => {
  test.each<[string, StatementJson, string[]]>([
    ["an action that does not exist", allow("s3:HeadBucket", "*"), [`s3:HeadBucket on *: ${NO_ACTION}`]],
    ["a pattern of no action", allow("ecr:Pull*", "*"), [`ecr:Pull* on *: ${NO_ACTION}`]],
    [
      "a service that does not exist",
      allow("secretmanager:GetSecretValue", SECRET),
      [`secretmanager:GetSecretValue on ${SECRET}: ${NO_ACTION}`],
    ],
    [
      "an action without resources on an ARN",
      allow("ecr:GetAuthorizationToken", `arn:aws:ecr:${IN}:repository/*`),
      [`ecr:GetAuthorizationToken on arn:aws:ecr:${IN}:repository/*: the action applies only to *`],
    ],
    [
      "an action on a resource of another type",
      allow("kms:Decrypt", SECRET),
      [`kms:Decrypt on ${SECRET}: the action applies only to arn:*:kms:*:*:key/*`],
    ],
    [
      "an alias beside a key and a secret",
      allow(["secretsmanager:GetSecretValue", "kms:Decrypt", "kms:GenerateDataKey*"], [SECRET, KEY, ALIAS]),
      ["kms:Decrypt", "kms:GenerateDataKey*"].map(
        (action) =>
          `${action} on ${ALIAS}: IAM does not resolve aliases, and the action applies only to arn:*:kms:*:*:key/*`,
      ),
    ],
    [
      "an alias in the ARN of a key",
      allow("kms:Decrypt", `arn:aws:kms:${IN}:key/alias/orders`),
      [`kms:Decrypt on arn:aws:kms:${IN}:key/alias/orders: the ARN of a key has the ID of the key, not an alias`],
    ],
    [
      "a log group where the action needs a stream",
      allow(["logs:CreateLogGroup", "logs:PutLogEvents"], GROUP),
      [`logs:PutLogEvents on ${GROUP}: the action applies only to arn:*:logs:*:*:log-group:*:log-stream:*`],
    ],
    [
      "the action that fits none of several resources",
      allow(["s3:GetObject", "s3:ListBucket"], ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"]),
      ["a", "b"].map(
        (bucket) =>
          `s3:ListBucket on arn:aws:s3:::${bucket}/*: the action applies only to arn:*:s3:*:*:accesspoint/* or arn:*:s3:::*`,
      ),
    ],
    [
      "a resource of many types",
      allow("ec2:CreateTags", SECRET),
      [`ec2:CreateTags on ${SECRET}: the action does not apply to this type of resource`],
    ],
    [
      "a secret without its suffix, beside a key",
      allow(["secretsmanager:GetSecretValue", "kms:Decrypt"], [`arn:aws:secretsmanager:${IN}:secret:orders/db`, KEY]),
      [`secretsmanager:GetSecretValue on arn:aws:secretsmanager:${IN}:secret:orders/db: ${SUFFIX}`],
    ],
    [
      "a secret with a JSON key",
      allow("secretsmanager:GetSecretValue", `${SECRET}:password::`),
      [`secretsmanager:GetSecretValue on ${SECRET}:password::: ${SUFFIX}`],
    ],
    [
      "a repository with a tag",
      allow("ecr:BatchGetImage", `arn:aws:ecr:${IN}:repository/orders:v1`),
      [`ecr:BatchGetImage on arn:aws:ecr:${IN}:repository/orders:v1: the ARN of a repository has no tag and no digest`],
    ],
    [
      "a parameter after two slashes",
      allow("ssm:GetParameters", `arn:aws:ssm:${IN}:parameter//orders/*`),
      [
        `ssm:GetParameters on arn:aws:ssm:${IN}:parameter//orders/*: the ARN of a parameter has no second slash before its name`,
      ],
    ],
    [
      "an ARN without a Region",
      allow("ecr:BatchGetImage", "arn:aws:ecr::111122223333:repository/orders"),
      ["ecr:BatchGetImage on arn:aws:ecr::111122223333:repository/orders: the ARN has no Region"],
    ],
    [
      "an ARN without an account",
      allow("ecr:BatchGetImage", "arn:aws:ecr:us-east-1::repository/orders"),
      ["ecr:BatchGetImage on arn:aws:ecr:us-east-1::repository/orders: the ARN has no account"],
    ],
    [
      "an ARN in another partition",
      allow("ssm:GetParameters", "arn:aws-cn:ssm:cn-north-1:111122223333:parameter/orders"),
      [
        "ssm:GetParameters on arn:aws-cn:ssm:cn-north-1:111122223333:parameter/orders: the role is in the partition aws",
      ],
    ],
    [
      "a condition on a key that the action does not have",
      allow(["ecr:GetAuthorizationToken", "ecr:BatchGetImage"], "*", {
        StringLike: { "ecr:ResourceTag/team": "orders" },
      }),
      ["ecr:GetAuthorizationToken on *: ecr:GetAuthorizationToken never has the condition key ecr:ResourceTag/team"],
    ],
  ])("is %s", async (_, statement, expected) => {
    expect(await dead(statement)).toEqual(expected);
  });

  test("is a secret without its suffix whose name ends like one", async () => {
    const container = { ...CONTAINER, secrets: [{ name: "A", valueFrom: SECRET.replace("db-", "db-secret-") }] };
    const role = roleWith([allow("secretsmanager:GetSecretValue", SECRET.replace("db-AbCdEf", "db-secret"))]);
    const { dead } = await checkRole(role, [taskOf([container])], NO_KEYS);
    expect(dead.map(({ why }) => why)).toEqual([SUFFIX]);
  });

  test("is not excess too", async () => {
    const both = allow(["s3:HeadBucket", "s3:ListBucket"], ["arn:aws:s3:::a", "arn:aws-cn:s3:::a"]);
    const { excess } = await findings(both);
    expect(excess.map(({ action, resource }) => `${action} ${resource}`)).toEqual(["s3:ListBucket arn:aws:s3:::a"]);
  });

  test.each<[string, StatementJson]>([
    ["actions and resources of several types", allow(["secretsmanager:GetSecretValue", "kms:Decrypt"], [SECRET, KEY])],
    ["a bucket and its objects", allow(["s3:GetObject", "s3:ListBucket"], ["arn:aws:s3:::a", "arn:aws:s3:::a/*"])],
    ["a log group beside its streams", allow("logs:PutLogEvents", [GROUP, `${GROUP}:*`])],
    ["log groups of a prefix", allow("logs:DescribeLogGroups", `${GROUP}*`)],
    ["all of a service", allow("ssm:DescribeParameters", `arn:aws:ssm:${IN}:*`)],
    ["an ARN with few segments", allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager")],
    ["a wildcard in the partition", allow("secretsmanager:GetSecretValue", "arn:*:secretsmanager:*:*:secret:orders*")],
    ["a parameter of AWS", allow("ssm:GetParameters", "arn:aws:ssm:us-east-1::parameter/aws/service/*")],
    ["an alias for an action on aliases", allow("kms:CreateAlias", [ALIAS, KEY])],
    [
      "a variable without a value",
      allow("secretsmanager:GetSecretValue", `arn:aws:secretsmanager:${IN}:secret:\${aws:PrincipalTag/app}`),
    ],
    ["a key that another service sets", allow("s3:GetObject", "*", { ArnLike: { "lambda:SourceFunctionArn": "*" } })],
    [
      "a key that the call can lack",
      allow("secretsmanager:GetSecretValue", "*", { Null: { "kms:ViaService": "true" } }),
    ],
    ["a Deny", { ...allow("s3:HeadBucket", "*"), Effect: "Deny" }],
    ["NotResource", { Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::a" }],
  ])("is not %s", async (_, statement) => {
    expect(await dead(statement)).toEqual([]);
  });

  test.each(REAL_DEFINITIONS.map((one) => [one.title, one] as const))(
    "is not in the role that the construct creates for %s",
    async (_, { containerDefinitions }) => {
      const { dead } = await checkRole(
        roleWith(statementsFor({ containerDefinitions })),
        [taskOf(containerDefinitions)],
        NO_KEYS,
      );
      expect(dead).toEqual([]);
    },
  );
});
