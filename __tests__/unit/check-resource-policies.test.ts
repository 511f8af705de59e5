import type { Lookups, ResourcePolicy } from "../../cli/account/lookups/answers";
import { checkRole } from "../../cli/findings/check-role";
import type { StatementJson } from "../../cli/policy-json";
import { policy as boundary, CONTAINER, roleWith, SECRET, statementsFor, taskOf } from "../support/roles";

const ROLE = "arn:aws:iam::111122223333:role/orders";
const OWN = "arn:aws:iam::111122223333:root";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/k";
const REPOSITORY = "arn:aws:ecr:us-east-1:111122223333:repository/orders";
const BUCKET = "arn:aws:s3:::orders-config";
const FILE = `${BUCKET}/production.env`;

/** Everything that the container needs, in the role's own account or in another one. */
const foreign = <T>(value: T, account = "444455556666"): T =>
  JSON.parse(
    JSON.stringify(value).replaceAll(/(ecr|secretsmanager|kms):us-east-1:111122223333|111122223333(?=\.dkr)/g, (text) =>
      text.replace("111122223333", account),
    ),
  );

const ALL = [...statementsFor({ containerDefinitions: [CONTAINER] }), decrypt(KEY)];

function decrypt(Resource: string): StatementJson {
  return { Effect: "Allow", Action: "kms:Decrypt", Resource };
}

const allow = (Action: string, Principal: StatementJson["Principal"], more: StatementJson = {}) => ({
  Effect: "Allow",
  Action,
  Principal,
  Resource: "*",
  ...more,
});
const deny = (Action: string, Principal: StatementJson["Principal"], more: StatementJson = {}) => ({
  ...allow(Action, Principal, more),
  Effect: "Deny",
});

interface Situation {
  readonly statements?: readonly StatementJson[];
  readonly container?: typeof CONTAINER;
  readonly more?: Parameters<typeof roleWith>[1];
  readonly key?: string;
  /** The statements of the policy of a resource, by its ARN. */
  readonly policies: Readonly<Record<string, readonly StatementJson[] | ResourcePolicy>>;
}

async function check({ statements = ALL, container = CONTAINER, more = {}, key = KEY, policies }: Situation) {
  const asked: string[] = [];
  const policy: Lookups["policy"] = async (arn) => {
    asked.push(arn);
    const found = policies[arn];
    return Array.isArray(found) ? { document: { Version: "2012-10-17", Statement: found } } : (found as ResourcePolicy);
  };
  const keys = async () => ({ exists: true, keyArn: key });
  const findings = await checkRole(roleWith(statements, more), [taskOf([container])], keys, policy);
  return { ...findings, asked };
}

/** The verdict on an action: `ok`, the condition, `DENIED`, or why it fails. */
async function verdict(action: string, situation: Situation): Promise<string> {
  const { calls } = await check(situation);
  const found = calls.find((call) => call.action === action);
  return found?.allowed ? (found.onlyWith ?? "ok") : (found?.why ?? "DENIED");
}

test("the policies of the repository, the secret, the key and the bucket are read", async () => {
  const { asked, calls } = await check({ policies: {} });
  expect([...new Set(asked)].sort()).toEqual([REPOSITORY, KEY, SECRET, BUCKET].sort());
  expect(calls.filter(({ allowed }) => !allowed)).toEqual([]);
});

describe("in the role's own account", () => {
  const pull = (statements: readonly StatementJson[], more: Partial<Situation> = {}) =>
    verdict("ecr:BatchGetImage", { ...more, policies: { [REPOSITORY]: statements } });

  test.each<[string, readonly StatementJson[], string]>([
    ["no statement", [], "ok"],
    ["an Allow for someone else", [allow("ecr:*", { AWS: "arn:aws:iam::444455556666:root" })], "ok"],
    ["a Deny for someone else", [deny("ecr:*", { AWS: "arn:aws:iam::444455556666:root" })], "ok"],
    ["a Deny for a service", [deny("ecr:*", { Service: "codebuild.amazonaws.com" })], "ok"],
    ["a Deny for everybody", [deny("ecr:*", "*", { Sid: "Closed" })], "the repository policy denies it (Closed)"],
    ["a Deny for the role", [deny("ecr:*", { AWS: [ROLE] })], "the repository policy denies it (statement 1)"],
    [
      "a Deny for the account",
      [deny("ecr:*", { AWS: "111122223333" })],
      "the repository policy denies it (statement 1)",
    ],
    [
      "a Deny under a condition",
      [deny("ecr:*", "*", { Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } } })],
      "aws:SourceVpce vpce-1",
    ],
    [
      "a Deny for all but someone else",
      [{ Effect: "Deny", Action: "ecr:*", NotPrincipal: { AWS: "arn:aws:iam::444455556666:root" } }],
      "the repository policy denies it (statement 1)",
    ],
    [
      "a Deny for all but the role, whose sessions it may not mean",
      [{ Effect: "Deny", Action: "ecr:*", NotPrincipal: { AWS: [OWN, ROLE] } }],
      "NotPrincipal with the session of the task",
    ],
  ])("a repository policy with %s", async (_, statements, expected) => {
    expect(await pull(statements)).toBe(expected);
  });

  test("a repository policy can allow what the role's policies do not, but not what they deny", async () => {
    const [login] = statementsFor({ containerDefinitions: [CONTAINER] });
    const byItself = [allow("ecr:*", { AWS: ROLE })];
    expect(await pull([], { statements: [login as StatementJson] })).toBe("DENIED");
    expect(await pull([allow("ecr:*", { AWS: OWN })], { statements: [login as StatementJson] })).toBe("DENIED");
    expect(await pull(byItself, { statements: [login as StatementJson] })).toBe("ok");
    const denial = { Effect: "Deny", Action: "ecr:BatchGetImage", Resource: "*" };
    expect(await pull(byItself, { statements: [login as StatementJson, denial] })).toBe("DENIED");
    const more = { boundary: boundary([{ Effect: "Allow", Action: "logs:*", Resource: "*" }]) };
    expect(await pull(byItself, { statements: [login as StatementJson], more })).toBe("DENIED");
  });

  test.each<[string, readonly StatementJson[], string]>([
    ["that lets IAM policies decide", [allow("kms:*", { AWS: OWN })], "ok"],
    [
      "that allows only an administrator",
      [allow("kms:*", { AWS: "arn:aws:iam::111122223333:role/admin" })],
      "the key policy does not allow it",
    ],
    ["that allows the role", [allow("kms:Decrypt", { AWS: ROLE })], "ok"],
    [
      "that allows all callers in the account, through Secrets Manager",
      [
        allow(
          "kms:Decrypt",
          { AWS: "*" },
          {
            Condition: {
              StringEquals: {
                "kms:CallerAccount": "111122223333",
                "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com",
              },
            },
          },
        ),
      ],
      "ok",
    ],
    [
      "that allows all callers in the account, through S3",
      [
        allow(
          "kms:Decrypt",
          { AWS: "*" },
          { Condition: { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } } },
        ),
      ],
      "the key policy does not allow it",
    ],
    ["with a Deny", [allow("kms:*", { AWS: OWN }), deny("kms:Decrypt", "*")], "the key policy denies it (statement 2)"],
  ])("a key policy %s", async (_, statements, expected) => {
    expect(await verdict("kms:Decrypt", { policies: { [KEY]: statements } })).toBe(expected);
  });

  test("a key policy that does not let IAM policies decide can allow the role by itself", async () => {
    const statements = ALL.filter(({ Action }) => Action !== "kms:Decrypt");
    const key = (...own: StatementJson[]) => verdict("kms:Decrypt", { statements, policies: { [KEY]: own } });
    expect(await key(allow("kms:Decrypt", { AWS: ROLE }))).toBe("ok");
    expect(await key(allow("kms:*", { AWS: OWN }))).toBe("DENIED");
    expect(await key()).toBe(
      "the key policy does not allow it, and the role does not allow it either (access.decryptionKeys grants it)",
    );
  });

  test("a bucket policy is on the files that it names", async () => {
    const read = (Resource: string) =>
      verdict("s3:GetObject", { policies: { [BUCKET]: [deny("s3:GetObject", "*", { Resource })] } });
    expect(await read(FILE)).toBe("the bucket policy denies it (statement 1)");
    expect(await read(`${BUCKET}/other.env`)).toMatch(/aws:ResourceAccount/);
  });
});

describe("in another account", () => {
  const [container, statements, key] = [foreign(CONTAINER), foreign(ALL), foreign(KEY)];
  const [repository, secret] = [foreign(REPOSITORY), foreign(SECRET)];
  const there = (action: string, policies: Situation["policies"], more: Partial<Situation> = {}) =>
    verdict(action, { container, statements, key, policies, ...more });

  test.each<[string, readonly StatementJson[] | ResourcePolicy, string]>([
    ["allows the account", [allow("ecr:*", { AWS: OWN })], "ok"],
    ["allows the account by its ID", [allow("ecr:*", { AWS: "111122223333" })], "ok"],
    ["allows the role", [allow("ecr:BatchGetImage", { AWS: ROLE })], "ok"],
    ["allows everybody", [allow("ecr:*", "*")], "ok"],
    [
      "allows everybody in an organization",
      [allow("ecr:*", "*", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } })],
      "aws:PrincipalOrgID o-1",
    ],
    ["allows another role", [allow("ecr:*", { AWS: `${ROLE}-2` })], "the repository policy does not allow it"],
    ["allows another action", [allow("ecr:ListImages", { AWS: OWN })], "the repository policy does not allow it"],
    ["is missing", {}, "it is in account 444455556666, and has no policy that allows it"],
    ["is unknown", { unknown: "ecr:GetRepositoryPolicy: AccessDeniedException" }, "ok"],
  ])("a repository whose policy %s", async (_, found, expected) => {
    expect(await there("ecr:BatchGetImage", { [repository]: found })).toBe(expected);
  });

  test("both the role and the policy of the resource must allow the call", async () => {
    const policies = {
      [repository]: [allow("ecr:*", { AWS: ROLE })],
      [secret]: [allow("secretsmanager:GetSecretValue", { AWS: ROLE })],
      [key]: [allow("kms:Decrypt", { AWS: ROLE })],
    };
    const actions = ["ecr:BatchGetImage", "secretsmanager:GetSecretValue", "kms:Decrypt"];
    const verdicts = async (more: Partial<Situation> = {}) =>
      Promise.all(actions.map((action) => there(action, policies, more)));
    expect(await verdicts()).toEqual(["ok", "ok", "ok"]);
    expect(await verdicts({ statements: [decrypt(`${key}-2`)] })).toEqual(["DENIED", "DENIED", "DENIED"]);
  });

  test("a secret under the AWS managed key cannot be read", async () => {
    const role = roleWith(statements);
    const { calls } = await checkRole(role, [taskOf([container])], async () => ({ exists: true, arn: secret }));
    expect(calls.find(({ action }) => action === "secretsmanager:GetSecretValue")).toMatchObject({
      allowed: false,
      why: "it is encrypted with aws/secretsmanager, which other accounts cannot use",
    });
  });
});

test("one note names the policies that are unknown", async () => {
  const unknown = { unknown: "ecr:GetRepositoryPolicy: AccessDeniedException" };
  const { notes } = await check({ policies: { [REPOSITORY]: unknown, [SECRET]: unknown } });
  expect(notes).toEqual([
    `the policy of ${REPOSITORY}, ${SECRET} is unknown (ecr:GetRepositoryPolicy: AccessDeniedException), and can deny what is ok here`,
  ]);
});
