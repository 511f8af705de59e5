import { App, Fn, TerraformStack, TerraformVariable } from "cdktf";
import {
  EcsTaskExecutionRole,
  type EcsTaskExecutionRoleProps,
  type TaskExecutionAccess,
} from "../../modules/ecs-task-execution-role";
import { sizeOf } from "../support/statements";
import { synthesize } from "../support/synthesize";

const create = (props: EcsTaskExecutionRoleProps) => () =>
  new EcsTaskExecutionRole(new TerraformStack(new App(), "stack"), "orders", props);

const IN = "eu-west-1:111122223333";
const secretArn = (name: string) => `arn:aws:secretsmanager:${IN}:secret:${name}`;

const REPOSITORY =
  'must be the ARN of an ECR repository. Fix: write "arn:PARTITION:ecr:REGION:ACCOUNT:repository/NAME".';
const LOG_GROUP =
  'must be the ARN of a CloudWatch log group. Fix: write "arn:PARTITION:logs:REGION:ACCOUNT:log-group:NAME".';
const SECRET =
  'must be the ARN of a Secrets Manager secret, or a valueFrom that begins with one. Fix: write "arn:PARTITION:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX".';
const PARAMETER = 'must be the ARN of an SSM parameter. Fix: write "arn:PARTITION:ssm:REGION:ACCOUNT:parameter/NAME".';
const KEY =
  'must be the ARN of a KMS key, not of an alias, because IAM does not resolve aliases. Fix: write "arn:PARTITION:kms:REGION:ACCOUNT:key/ID".';
const OBJECT =
  'must be the ARN of an S3 object, without IAM policy variables such as &{aws:username}. Fix: write "arn:PARTITION:s3:::BUCKET/KEY", with * or ? for the parts that vary.';
const NOTHING =
  "must set at least one field that grants something. Fix: pass the task's containerDefinitions, or list the resources that ECS must access.";

/** Invalid ARNs, by field. */
const REFUSED_ARNS: [field: keyof TaskExecutionAccess, wording: string, arns: string[]][] = [
  [
    "imageRepositories",
    REPOSITORY,
    [
      "*",
      "orders",
      "111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders:v1",
      `arn:aws:ecr:${IN}:repository/`,
      `arn:aws:ecr:${IN}:repository/orders:v1`,
      "arn:aws:ecr::111122223333:repository/orders",
      "arn:aws:ecr:eu-west-1::repository/orders",
      "arn:aws:ecr:eu-west-1:*:repository/orders",
      `arn::ecr:${IN}:repository/orders`,
      ` arn:aws:ecr:${IN}:repository/orders`,
      `arn:aws:ecr:${IN}:repository/orders\n`,
    ],
  ],
  ["pullThroughCacheRepositories", REPOSITORY, ["docker-hub/*", `arn:aws:logs:${IN}:log-group:x`]],
  [
    "logGroups",
    LOG_GROUP,
    ["/ecs/orders", `arn:aws:logs:${IN}:log-group:`, `arn:aws:logs:${IN}:log-group:x:log-stream:y`],
  ],
  ["secrets", SECRET, ["db", "*", secretArn(""), `arn:aws:ssm:${IN}:parameter/db`, `${secretArn("db")}:a:b:c:d`]],
  [
    "parameters",
    PARAMETER,
    ["/orders/flags", `arn:aws:ssm:${IN}:parameter/`, `arn:aws:ssm:${IN}:parameter//`, secretArn("db")],
  ],
  [
    "decryptionKeys",
    KEY,
    [
      "alias/orders",
      `arn:aws:kms:${IN}:alias/orders`,
      `arn:aws:kms:${IN}:key/*`,
      "arn:aws:kms:*:111122223333:key/1a2b",
      `arn:aws:kms:${IN}:key/`,
    ],
  ],
  [
    "environmentFiles",
    OBJECT,
    ["s3://bucket/key", "arn:aws:s3:::bucket", "arn:aws:s3:::bucket/", "arn:aws:s3:::*/key", "arn:aws:s3:::/key"],
  ],
];

const REFUSED: [what: string, props: unknown, violation: string][] = [
  ...REFUSED_ARNS.flatMap(([field, wording, arns]) =>
    arns.map((arn): [string, unknown, string] => [
      `${arn} in ${field}`,
      { access: { [field]: [arn] } },
      `access.${field}: got ${JSON.stringify(arn)} (${arn.length} ${arn.length === 1 ? "character" : "characters"}); ${wording}`,
    ]),
  ),
  [
    "an unknown field of trust",
    { trust: { sourceAccounts: ["111122223333"], sourceAccount: ["111122223333"] } },
    'trust: got "sourceAccount" (13 characters); must have no fields other than sourceAccounts and sourceArns. Fix: correct the field\'s name.',
  ],
  ...[{}, { sourceAccounts: undefined }].map((trust): [string, unknown, string] => [
    `a trust with keys [${Object.keys(trust)}] and no values`,
    { trust },
    "trust: got {}; must contain at least one account or ARN, and no empty list. Fix: set sourceAccounts or sourceArns, or omit trust for no condition.",
  ]),
  ["a string instead of a list", { access: { secrets: "db" } }, `access.secrets: got "db" (2 characters); ${SECRET}`],
  [
    "a switch that is not a Boolean",
    { access: { guardDutyAgent: "yes" } },
    'access.guardDutyAgent: got "yes" (3 characters); must be true or false, and known at synth. Fix: write true or false.',
  ],
  ["a number in a list", { access: { secrets: [7] } }, `access.secrets: got 7; ${SECRET}`],
  ["an empty access", { access: {} }, `access: got []; ${NOTHING}`],
  [
    "an access that grants nothing",
    { access: { secrets: [], guardDutyAgent: false } },
    `access: got ["secrets","guardDutyAgent"]; ${NOTHING}`,
  ],
  [
    "an unknown field of access",
    { access: { guardDutyAgent: true, secret: [secretArn("db")] } },
    'access: got "secret" (6 characters); must have only the fields that its documentation lists. ' +
      "Fix: correct the field's name, such as secrets or containerDefinitions.",
  ],
  [
    "createLogGroups without log groups",
    { access: { guardDutyAgent: true, createLogGroups: true } },
    "access.createLogGroups: got true; must be set together with the log groups to create. Fix: list them in logGroups, or pass containerDefinitions.",
  ],
  [
    "a path that IAM does not allow for policies",
    { access: { guardDutyAgent: true }, path: "/a!b/" },
    'path: got "/a!b/" (5 characters); must be a path that IAM also allows for policies: A-Z a-z 0-9 . , + @ = _ - between single slashes. Fix: use a path such as "/ecs/orders/".',
  ],
  [
    "an access policy that is too long",
    { access: { secrets: Array.from({ length: 100 }, (_, i) => secretArn(`orders/${i}-AbCdEf`)) } },
    "access: got a policy of 7321 characters; must produce a policy of at most 6144 characters, not counting whitespace. Fix: replace ARNs that share a prefix with one wildcard ARN (secret:orders/*), or split the containers into two task definitions, each with its own role.",
  ],
  [
    "twenty managed policies in addition to access",
    {
      access: { guardDutyAgent: true },
      managedPolicies: Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`p${i}`, `p${i}`])),
    },
    "managedPolicies: got 20; must be fewer than 20 when access is set, because the access policy is attached too. Fix: merge several policies into one customer managed policy.",
  ],
  ...[[], ["1111"], ["111122223333 "], [111122223333]].map((accounts): [string, unknown, string] => [
    `the source accounts ${JSON.stringify(accounts)}`,
    { trust: { sourceAccounts: accounts } },
    accounts.length === 0
      ? 'trust: got {"sourceAccounts":[]}; must contain at least one account or ARN, and no empty list. Fix: set sourceAccounts or sourceArns, or omit trust for no condition.'
      : `trust.sourceAccounts: got ${typeof accounts[0] === "string" ? `"${accounts[0]}" (${accounts[0].length} characters)` : accounts[0]}; must be a 12-digit AWS account ID. Fix: write it as a string, such as "111122223333".`,
  ]),
  ...[
    "*",
    `arn:aws:ecs:${IN}:cluster/orders`,
    `arn:aws:ecs:${IN}:task/orders/*`,
    `arn:aws:ecs::111122223333:*`,
    "arn:aws:ecs:eu-west-1:*:*",
    `arn:aws:s3:${IN}:*`,
  ].map((sourceArn): [string, unknown, string] => [
    `the source ARN ${sourceArn}`,
    { trust: { sourceArns: [sourceArn] } },
    `trust.sourceArns: got "${sourceArn}" (${sourceArn.length} ${sourceArn.length === 1 ? "character" : "characters"}); must be the ECS ARN of an account or of all its tasks; ECS does not support a cluster here. Fix: write "arn:PARTITION:ecs:REGION:ACCOUNT:*", with * as REGION for all Regions.`,
  ]),
];

const ACCEPTED: [what: string, props: EcsTaskExecutionRoleProps][] = [
  [
    "repositories in any partition and Region, with paths and wildcards",
    {
      access: {
        imageRepositories: [
          "arn:aws-cn:ecr:cn-north-1:111122223333:repository/a/b_c.d-e",
          `arn:aws:ecr:*:111122223333:repository/team/*`,
        ],
      },
    },
  ],
  [
    "log groups with and without the :* suffix",
    { access: { logGroups: [`arn:aws:logs:${IN}:log-group:/ecs/a#b`, `arn:aws:logs:${IN}:log-group:x:*`] } },
  ],
  [
    "every form of a secret's ARN",
    {
      access: {
        secrets: ["", "-AbCdEf", "-??????", ":key::", "-AbCdEf:key:AWSCURRENT:1"].map((end) =>
          secretArn(`rds!a/b_c${end}`),
        ),
      },
    },
  ],
  [
    "parameters with one or two slashes",
    { access: { parameters: [`arn:aws:ssm:${IN}:parameter/a`, `arn:aws:ssm:${IN}:parameter//a/b`] } },
  ],
  [
    "single-Region and multi-Region keys",
    { access: { decryptionKeys: [`arn:aws:kms:${IN}:key/1234-ab`, `arn:aws:kms:${IN}:key/mrk-12ab`] } },
  ],
  [
    "objects with a key or a wildcard",
    { access: { environmentFiles: ["arn:aws:s3:::my.bucket/a b/production.env", "arn:aws:s3:::bucket/*"] } },
  ],
  [
    "source accounts and source ARNs",
    {
      trust: {
        sourceAccounts: ["111122223333"],
        sourceArns: [`arn:aws:ecs:${IN}:*`, "arn:aws-us-gov:ecs:*:111122223333:task/*"],
      },
    },
  ],
  [
    "nineteen managed policies in addition to access",
    {
      access: { guardDutyAgent: true },
      managedPolicies: Object.fromEntries(Array.from({ length: 19 }, (_, i) => [`p${i}`, `p${i}`])),
    },
  ],
];

describe("the rules for access and trust", () => {
  test.each(REFUSED)("reject %s", (_, props, violation) => {
    expect(create(props as EcsTaskExecutionRoleProps)).toThrow(
      new Error(
        `EcsTaskExecutionRole "stack/orders" has invalid input; nothing was added to the stack:\n  - ${violation}`,
      ),
    );
  });

  test.each(ACCEPTED)("accept %s", (_, props) => {
    expect(create(props)).not.toThrow();
  });

  test("accept values that are not known at synth", () => {
    const stack = new TerraformStack(new App(), "stack");
    const { stringValue, listValue } = new TerraformVariable(stack, "unknown", {});
    const unknown = [stringValue, `${stringValue}/x`, "${var.by_hand}", ...listValue];
    const access = Object.fromEntries(
      ["imageRepositories", "logGroups", "secrets", "parameters", "decryptionKeys", "environmentFiles"].map((field) => [
        field,
        unknown,
      ]),
    );
    expect(create({ access, trust: { sourceAccounts: [stringValue], sourceArns: listValue } })).not.toThrow();
    expect(create({ path: Fn.lower("/A!/"), access: { guardDutyAgent: true } })).not.toThrow();
  });

  test("accept a list as a token, as a mix of tokens and literals, or as a single string", () => {
    const stack = new TerraformStack(new App(), "stack");
    const { listValue, value } = new TerraformVariable(stack, "unknown", {});
    for (const list of [Fn.concat([listValue, ["x"]]), value, [...listValue, secretArn("db")]]) {
      const { module } = synthesize((stack) => {
        new EcsTaskExecutionRole(stack, "execution", {
          access: { secrets: list },
          trust: { sourceAccounts: listValue },
        });
      });
      expect(Object.values(module)).toMatchObject([
        { checks: { "trust.sourceAccounts": [{ values: expect.stringMatching(/^\$\{flatten\(local\./) }, {}] } },
        { access: { secrets: expect.arrayContaining([expect.stringContaining("${")]) } },
      ]);
    }
    const { data } = synthesize((stack) => {
      new EcsTaskExecutionRole(stack, "execution", {
        trust: { sourceAccounts: Fn.concat([listValue, ["111122223333"]]) },
      });
    });
    const [document] = Object.values(data.aws_iam_policy_document ?? {}) as { statement: object[] }[];
    expect(document?.statement).toMatchObject([
      { condition: [{ values: expect.stringMatching(/^\$\{sort\(distinct\(flatten\(local\./) }] },
    ]);
  });

  test("apply to grant() as well as to props, and name the role in the error", () => {
    const role = create({})();
    expect(() => role.grant({ secrets: ["db"], parameters: ["flags"] })).toThrow(
      /^EcsTaskExecutionRole "stack\/orders" has .+access\.secrets: got "db".+access\.parameters: got "flags"/s,
    );
    expect(() => role.grant({})).toThrow(NOTHING);
  });

  test("limit the access policy to 6144 characters, counted as Terraform writes them", () => {
    const environmentFiles = (length: number) => [`arn:aws:s3:::bucket/${"&".repeat(900)}${"x".repeat(length)}`];
    const size = sizeOf({ environmentFiles: environmentFiles(1) });
    expect(create({ access: { environmentFiles: environmentFiles(6144 - size + 1) } })).not.toThrow();
    expect(create({ access: { environmentFiles: environmentFiles(6144 - size + 2) } })).toThrow(
      "a policy of 6145 characters",
    );
  });

  test("count the characters of the access policy across all grants", () => {
    const half = (name: string) => ({
      secrets: Array.from({ length: 50 }, (_, i) => secretArn(`${name}/${i}-AbCdEf`)),
    });
    const role = create({ access: half("one") })();
    expect(() => role.grant(half("one"))).not.toThrow();
    expect(() => role.grant(half("two"))).toThrow(/got a policy of \d+ characters/);
  });
});
