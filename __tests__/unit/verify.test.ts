import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import type { StatementJson } from "../../cli/policy-json";
import { rolesIn } from "../../cli/verify/expected-by-stacks";
import { conditionDifferences, policyDifferences } from "../../cli/verify/policies/policy-differences";
import { ACCOUNT, PARTITION } from "../../cli/verify/role-expectation";
import { reportRole } from "../../cli/verify/role-report";
import { EcsTaskExecutionRole, type EcsTaskExecutionRoleProps } from "../../modules/ecs-task-execution-role";

/** The role that a stack with these props expects, in account 111122223333 of the standard partition. */
const expectation = (props: (stack: TerraformStack) => EcsTaskExecutionRoleProps) => {
  const stack = new TerraformStack(new App(), "stack");
  new EcsTaskExecutionRole(stack, "execution", { roleName: "orders", ...props(stack) });
  const [role] = rolesIn(stack.toTerraform());
  return JSON.parse(JSON.stringify(role).replaceAll(PARTITION, "aws").replaceAll(ACCOUNT, "111122223333")) as Required<
    ReturnType<typeof rolesIn>[number]
  >;
};

const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:111122223333:${resource}`;

const SECRET = arn("secretsmanager", "secret:orders-AbCdEf");
const REPOSITORY = arn("ecr", "repository/orders");
const KEY = arn("kms", "key/1234abcd");
const FILE = "arn:aws:s3:::orders-config/app.env";

const OWN_BUCKET = { StringEquals: { "aws:ResourceAccount": "${aws:PrincipalAccount}" } };

const GOOD: Readonly<Record<string, StatementJson>> = {
  RegistryLogin: { Action: "ecr:GetAuthorizationToken", Resource: "*" },
  PullImages: {
    Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    Resource: REPOSITORY,
  },
  ReadSecrets: { Action: "secretsmanager:GetSecretValue", Resource: SECRET },
  ReadParameters: { Action: "ssm:GetParameters", Resource: arn("ssm", "parameter/orders/flags") },
  Decrypt: {
    Action: "kms:Decrypt",
    Resource: KEY,
    Condition: { StringLike: { "kms:ViaService": ["secretsmanager.*", "ssm.*", "s3.*"] } },
  },
  ReadEnvironmentFiles: { Action: "s3:GetObject", Resource: FILE, Condition: OWN_BUCKET },
  LocateEnvironmentFiles: {
    Action: "s3:GetBucketLocation",
    Resource: "arn:aws:s3:::orders-config",
    Condition: OWN_BUCKET,
  },
};

const documentOf = (statements: Readonly<Record<string, StatementJson>>) => ({
  Version: "2012-10-17",
  Statement: Object.entries(statements).map(([Sid, statement]) => ({ Sid, Effect: "Allow", ...statement })),
});

describe("verify", () => {
  describe("with ARNs that are known after apply", () => {
    const { access } = expectation((stack) => ({
      access: {
        imageRepositories: [new EcrRepository(stack, "repository", { name: "orders" }).arn],
        secrets: [new SecretsmanagerSecret(stack, "secret", { name: "orders" }).arn],
        parameters: [new SsmParameter(stack, "parameter", { name: "/orders/flags", type: "String", value: "" }).arn],
        decryptionKeys: [new KmsKey(stack, "key", {}).arn],
        environmentFiles: [`${new S3Bucket(stack, "bucket", {}).arn}/app.env`],
      },
    }));

    test("accepts the policy that the apply creates", () => {
      expect(policyDifferences(access.statements, documentOf(GOOD))).toEqual([]);
    });

    test.each<[string, string, StatementJson]>([
      ["every secret", "ReadSecrets", { Resource: arn("secretsmanager", "secret:*") }],
      [
        "every secret with a prefix and a six-character suffix",
        "ReadSecrets",
        { Resource: arn("secretsmanager", "secret:prod-??????") },
      ],
      ["every bucket", "LocateEnvironmentFiles", { Resource: "arn:aws:s3:::*" }],
      ["every object", "ReadEnvironmentFiles", { Resource: "arn:aws:s3:::orders-config/*" }],
      ["every key", "Decrypt", { Resource: arn("kms", "key/*") }],
      ["every repository", "PullImages", { Resource: arn("ecr", "repository/*") }],
      ["every parameter", "ReadParameters", { Resource: arn("ssm", "parameter/*") }],
      ["everything in a service", "ReadSecrets", { Resource: "arn:aws:secretsmanager:*" }],
      ["an ARN of another service", "ReadParameters", { Resource: SECRET }],
      ["an additional resource", "ReadSecrets", { Resource: [SECRET, "*"] }],
      ["all resources except one", "ReadSecrets", { Resource: undefined, NotResource: SECRET }],
      ["all actions except one", "ReadSecrets", { Action: undefined, NotAction: "iam:PassRole" }],
      [
        "an additional action",
        "ReadSecrets",
        { Action: ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"] },
      ],
      ["no condition", "Decrypt", { Condition: {} }],
      ["buckets in every account", "ReadEnvironmentFiles", { Condition: {} }],
      ["a wider condition", "Decrypt", { Condition: { StringLike: { "kms:ViaService": ["*"] } } }],
      ["an element that identity-based policies do not have", "ReadSecrets", { NotPrincipal: "*" }],
      ["a Deny statement", "ReadSecrets", { Effect: "Deny" }],
      ["no resource", "ReadSecrets", { Resource: [] }],
    ])("does not accept %s", (_, sid, change) => {
      const changed = documentOf({ ...GOOD, [sid]: JSON.parse(JSON.stringify({ ...GOOD[sid], ...change })) });
      const differences = policyDifferences(access.statements, changed);
      expect(differences.length).toBeGreaterThan(0);
      expect(differences.every((difference) => difference.startsWith(`${sid}: `))).toBe(true);
    });

    test("does not accept an additional statement, a missing statement or another policy version", () => {
      const { RegistryLogin, ...others } = GOOD;
      const changed = { ...documentOf({ ...others, More: { Action: "*", Resource: "*" } }), Version: "2008-10-17" };
      expect(policyDifferences(access.statements, changed)).toEqual([
        "Version is 2008-10-17",
        "RegistryLogin is missing",
        "More is unexpected",
      ]);
    });
  });

  test("compares known values of container definitions exactly, even if another value is known after apply", () => {
    const { access } = expectation((stack) => ({
      access: {
        containerDefinitions: [
          {
            name: "app",
            image: `${new EcrRepository(stack, "repository", { name: "orders" }).repositoryUrl}:v1`,
            secrets: [{ name: "DB", valueFrom: SECRET }],
          },
        ],
      },
    }));
    const { RegistryLogin, PullImages, ReadSecrets } = GOOD as Required<typeof GOOD>;
    const statements = { RegistryLogin, PullImages, ReadSecrets } as Record<string, StatementJson>;
    expect(policyDifferences(access.statements, documentOf(statements))).toEqual([]);
    const others = { ...statements, ReadSecrets: { ...ReadSecrets, Resource: SECRET.replace("orders", "invoices") } };
    expect(policyDifferences(access.statements, documentOf(others))).toEqual([
      `ReadSecrets: ${SECRET} is missing`,
      `ReadSecrets: ${SECRET.replace("orders", "invoices")} is unexpected`,
    ]);
  });

  test("accepts any account, but no wildcard, in a trust condition that is known after apply", () => {
    const { trust } = expectation((stack) => ({
      trust: { sourceAccounts: [new TerraformVariable(stack, "account", {}).stringValue] },
    }));
    const [statement] = trust;
    const withAccounts = (...accounts: string[]) => ({
      Condition: { StringEquals: { "aws:SourceAccount": accounts } },
    });
    const differences = (actual: StatementJson) =>
      statement ? conditionDifferences(statement, actual) : ["no statement"];
    expect(differences(withAccounts("111122223333"))).toEqual([]);
    expect(differences(withAccounts("111122223333", "*"))).toEqual(["StringEquals aws:SourceAccount * is unexpected"]);
    expect(differences({})).toEqual(["StringEquals aws:SourceAccount every value is missing"]);
  });

  test("resolves the ARNs of a policy and a boundary in the same stack", () => {
    const { policyArns, permissionsBoundary } = expectation((stack) => ({
      managedPolicies: { own: new IamPolicy(stack, "own", { name: "own", path: "/team/", policy: "{}" }).arn },
      permissionsBoundary: new IamPolicy(stack, "boundary", { name: "boundary", policy: "{}" }).arn,
    }));
    expect(policyArns).toEqual(["arn:aws:iam::111122223333:policy/team/own"]);
    expect(permissionsBoundary).toBe("arn:aws:iam::111122223333:policy/boundary");
  });

  describe("with a trust policy", () => {
    const ECS = { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" };
    const marks = (...Statement: StatementJson[]) => {
      const role = { arn: "arn:aws:iam::111122223333:role/orders", tags: {}, policies: [] };
      const trust = { Version: "2012-10-17", Statement };
      return reportRole({ ...role, trust }, { roleName: "orders", policyArns: [] })
        .filter(({ subject }) => subject === "assume-role policy")
        .map(({ mark, detail }) => `${mark} ${detail}`);
    };
    const CAN = "ok ecs-tasks.amazonaws.com can assume it";
    const CANNOT = "WRONG ecs-tasks.amazonaws.com cannot assume it";

    test.each<[string, string, StatementJson[]]>([
      ["the statement that ECS needs", CAN, [ECS]],
      ["another case and lists", CAN, [{ ...ECS, Action: ["STS:assumerole"] }]],
      ["a condition", CAN, [{ ...ECS, Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } } }]],
      ["another action", CANNOT, [{ ...ECS, Action: "sts:TagSession" }]],
      ["a Deny for ECS tasks", CANNOT, [ECS, { ...ECS, Effect: "Deny" }]],
      ["a Deny for everyone", CANNOT, [ECS, { ...ECS, Effect: "Deny", Principal: { AWS: "*" } }]],
    ])("says whether Amazon ECS can assume the role, for %s", (_, mark, statements) => {
      expect(marks(...statements)).toEqual([mark]);
    });

    test("lists who else can, and what the module never writes", () => {
      const other = { ...ECS, Principal: { AWS: "arn:aws:iam::444455556666:root" }, Action: "sts:Assume*" };
      const { Action: _, ...withoutAction } = ECS;
      expect(marks(ECS, other, { ...withoutAction, NotAction: "sts:TagSession" })).toEqual([
        CAN,
        "EXTRA arn:aws:iam::444455556666:root can assume it",
        "WRONG NotAction is unexpected",
      ]);
    });

    test("could not check one that IAM refuses", () => {
      const { Principal, ...statement } = ECS;
      expect(() => marks(ECS, { ...statement, NotPrincipal: Principal })).toThrow("it must not have NotPrincipal");
    });
  });
});
