import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../cli/commands/check";
import { type PolicyKind, validatePolicy } from "../../cli/findings/validate-policy";
import { parsePolicy } from "../../cli/parse-policy";
import { ECS_TASKS_TRUST } from "../support/account";

const VERSION = "2012-10-17";
const ALLOW = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
const TRUST = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ecs-tasks.amazonaws.com" } };
const when = (Condition: unknown) => ({ ...ALLOW, Condition });

const check = (document: unknown, kind: PolicyKind = "identity") => validatePolicy(document, "p", kind);
const withStatement = (statement: unknown, kind?: PolicyKind) =>
  check({ Version: VERSION, Statement: [statement] }, kind);

describe("a document", () => {
  test.each<[string, unknown]>([
    ["it is not an object", "allow"],
    ["it is not an object", null],
    ["it is not an object", [ALLOW]],
    ["IAM has no element Statements", { Version: VERSION, Statements: [ALLOW] }],
    ['IAM has no Version "2012-10-18"', { Version: "2012-10-18", Statement: [ALLOW] }],
    ["it has no statement", { Version: VERSION }],
    ["it has no statement", { Version: VERSION, Statement: [] }],
  ])("is refused with the reason that %s: %j", (reason, document) => {
    expect(() => check(document)).toThrow(`IAM refuses p: ${reason}`);
  });

  test("is refused if two statements have the same Sid, but several can have none", () => {
    const Statement = ["One", "", "", "One"].map((Sid) => ({ ...ALLOW, Sid }));
    expect(() => check({ Version: VERSION, Statement })).toThrow("IAM refuses p, One: two statements have this Sid");
    expect(() => check({ Version: VERSION, Statement: Statement.slice(0, 3) })).not.toThrow();
  });

  test.each([
    ['{"Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*", "Effect": "Allow"}]}', "Effect appears twice"],
    ['{"Statement": [{"Condition": {"Bool": {"a:b": "true"}, "Bool": {"a:c": "true"}}}]}', "Bool appears twice"],
    ['{"Statement": [], "\\u0053tatement": []}', "Statement appears twice"],
    ['{"Statement": [}', "Unexpected token"],
    ["", "Unexpected end of JSON input"],
    ['{"Statement": "\u2028"}', "it contains the character"],
  ])("in the text %s is refused", (text, reason) => {
    expect(() => parsePolicy(text, "p")).toThrow(`IAM refuses p: ${reason}`);
  });

  test("can have the same name in different objects, and colons, quotes and braces in texts", () => {
    const document = { Statement: [ALLOW, ALLOW, when({ StringEquals: { "a:b": 'x": {"Effect": "' } })] };
    expect(parsePolicy(JSON.stringify(document), "p")).toEqual(document);
  });
});

describe("a statement", () => {
  test.each<[string, unknown]>([
    ["it is not an object", "Allow"],
    ["IAM has no element Actions", { ...ALLOW, Actions: "*" }],
    ["Effect is not Allow or Deny", { ...ALLOW, Effect: "allow" }],
    ["Sid is not a string", { ...ALLOW, Sid: 1 }],
    ["Sid a b has characters", { ...ALLOW, Sid: "a b" }],
    ["it must have Action or NotAction", { Effect: "Allow", Resource: "*" }],
    ["it must have Action or NotAction", { ...ALLOW, NotAction: "s3:*" }],
    ["Action is not a string", { ...ALLOW, Action: [] }],
    ["Action is not a string", { ...ALLOW, Action: { a: 1 } }],
    ["GetObject is not an action", { ...ALLOW, Action: "GetObject" }],
    ["s3:Get:Object is not an action", { ...ALLOW, Action: ["*", "s3:Get:Object"] }],
    ["s*:GetObject is not an action", { ...ALLOW, Action: "s*:GetObject" }],
    ["it must not have Principal", { ...ALLOW, Principal: "*" }],
    ["it must have Resource or NotResource", { Effect: "Allow", Action: "*" }],
    ["it must have Resource or NotResource", { ...ALLOW, NotResource: "*" }],
    ["Resource is not a string", { ...ALLOW, Resource: [null] }],
    ["bucket/* is not * and not an ARN", { ...ALLOW, Resource: "bucket/*" }],
    ["** is not * and not an ARN", { ...ALLOW, Resource: "**" }],
    ["arn:aws is not * and not an ARN", { ...ALLOW, Resource: "arn:aws" }],
    ["arn:aws::x is not * and not an ARN", { ...ALLOW, Resource: "arn:aws::x" }],
    ["arn:amazon:s3:::x is not * and not an ARN", { ...ALLOW, Resource: "arn:amazon:s3:::x" }],
    ["arn:aws:s*:::x is not * and not an ARN", { ...ALLOW, Resource: "arn:aws:s*:::x" }],
    [
      "has a variable before its fifth colon",
      { ...ALLOW, Resource: "arn:aws:ssm:*:${aws:PrincipalAccount}:parameter/*" },
    ],
    ["Condition is not an object", when(null)],
    ["Condition is not an object", when([])],
    ["there is no condition operator StringEqual", when({ StringEqual: { "a:b": "x" } })],
    ["there is no condition operator NullIfExists", when({ NullIfExists: { "a:b": "true" } })],
    [
      "there is no condition operator ForSomeValues:StringEquals",
      when({ "ForSomeValues:StringEquals": { "a:b": "x" } }),
    ],
    ["Bool is not an object", when({ Bool: "true" })],
    ["Bool has a:b twice", when({ Bool: { "a:b": "true", "A:B": "true" } })],
    ["team is not a condition key", when({ StringEquals: { team: "x" } })],
    ["a:b has no value", when({ StringEquals: { "a:b": [] } })],
    ["a:b has no value", when({ StringEquals: { "a:b": [null] } })],
    ["a:b has no value", when({ StringEquals: { "a:b": { c: "d" } } })],
    ["Null cannot compare a:b with yes", when({ Null: { "a:b": "yes" } })],
    ["Bool cannot compare a:b with 1", when({ Bool: { "a:b": 1 } })],
    ["NumericLessThan cannot compare a:b with ten", when({ NumericLessThan: { "a:b": "ten" } })],
    ["DateLessThan cannot compare a:b with 2026-13-01", when({ DateLessThan: { "a:b": "2026-13-01" } })],
    ["IpAddress cannot compare a:b with 10.0.0.0/33", when({ IpAddress: { "a:b": ["10.0.0.0/8", "10.0.0.0/33"] } })],
    ["IpAddress cannot compare a:b with 10.0.0.256", when({ IpAddress: { "a:b": "10.0.0.256" } })],
    ["NotIpAddress cannot compare a:b with 2001:db8", when({ NotIpAddress: { "a:b": "2001:db8" } })],
  ])("is refused with the reason that %s: %j", (reason, statement) => {
    expect(() => withStatement(statement)).toThrow("IAM refuses p, ");
    expect(() => withStatement(statement)).toThrow(reason);
  });

  test.each<[string, unknown]>([
    ["Principal names nobody", { Effect: "Allow", Action: "sts:AssumeRole" }],
    ["Principal names nobody", { ...TRUST, Principal: {} }],
    ["Principal names nobody", { ...TRUST, Principal: ["*"] }],
    ['Principal has Services "x"', { ...TRUST, Principal: { Services: "x" } }],
    ["Principal has Service []", { ...TRUST, Principal: { Service: [] } }],
    ['Principal has Service "*"', { ...TRUST, Principal: { Service: "*" } }],
    ['Principal has AWS "arn:aws:iam::*:root"', { ...TRUST, Principal: { AWS: "arn:aws:iam::*:root" } }],
    ["it must not have NotPrincipal", { ...TRUST, NotPrincipal: { AWS: "111122223333" } }],
    ["it must not have Resource", { ...TRUST, Resource: "*" }],
  ])("of a trust policy is refused with the reason that %s: %j", (reason, statement) => {
    expect(() => withStatement(statement, "trust")).toThrow(`IAM refuses p, statement 1: ${reason}`);
  });

  test.each<[PolicyKind, object]>([
    ["identity", { ...ALLOW, Action: ["*:*", "s3:*", "S3:Get?bject"] }],
    [
      "identity",
      { ...ALLOW, Resource: ["arn:aws:s3", "arn:aws:logs:*", "arn:*:s3:::x", "arn:aws:s3:::${aws:userid}"] },
    ],
    ["identity", when({})],
    ["identity", when({ StringEquals: {} })],
    ["identity", when({ Bool: { "a:b": true }, NumericEquals: { "a:b": [1, "1.5", "-2"] }, Null: { "a:c": "TRUE" } })],
    ["identity", when({ IpAddress: { "a:b": ["0.0.0.0/0", "::/0", "2001:db8::1"] } })],
    ["identity", when({ DateEquals: { "a:b": ["2026-01", "2026-01-01T00:00:00Z", "2026-01-01t00:00:00.5+01:00"] } })],
    ["identity", when({ DateEquals: { "a:b": ["2026-01-01", "2026-01-01T00:00", "1893456000", 1893456000] } })],
    ["identity", when({ "ForAllValues:StringLikeIfExists": { "a:b": "*" }, BinaryEquals: { "a:b": "QQ==" } })],
    ["trust", { ...TRUST, Sid: "For ECS" }],
    ["trust", { ...TRUST, Principal: "*" }],
    ["trust", { ...TRUST, Principal: { AWS: ["*", "111122223333"], Federated: "cognito-identity.amazonaws.com" } }],
  ])("is taken: %s %j", (kind, statement) => {
    expect(() => withStatement(statement, kind)).not.toThrow();
  });
});

describe("check", () => {
  const folder = mkdtempSync(join(tmpdir(), "check-"));
  // An account without roles.
  const account = createServer((_, response) => {
    response.writeHead(404, { "content-type": "text/xml" });
    response.end("<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchEntity</Code></Error></ErrorResponse>");
  });
  const { env } = process;

  beforeAll(async () => {
    await new Promise<void>((resolve) => account.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(account.address() as AddressInfo).port}`;
    const keys = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
    process.env = { ...env, ...keys, AWS_ENDPOINT_URL: url, AWS_REGION: "eu-west-1" };
  });
  afterAll(() => {
    process.env = env;
    account.close();
    account.closeAllConnections();
    rmSync(folder, { recursive: true });
  });
  afterEach(() => jest.restoreAllMocks());

  const arn = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

  /** A plan with a role for each policy, whose tasks need nothing. */
  const planOf = (policies: Readonly<Record<string, string>>) => {
    const resources = Object.entries(policies).flatMap(([name, policy]) => [
      { type: "aws_iam_role", values: { name, arn: arn(name), assume_role_policy: JSON.stringify(ECS_TASKS_TRUST) } },
      { type: "aws_iam_role_policy", values: { name: "own", role: name, policy } },
      {
        type: "aws_ecs_task_definition",
        values: {
          family: name,
          execution_role_arn: arn(name),
          container_definitions: '[{"name":"app","image":"nginx"}]',
        },
      },
    ]);
    const named = resources.map((one) => ({
      ...one,
      name: one.values.name ?? "",
      address: `${one.type}.${one.values.name ?? one.values.family}`,
    }));
    const configuration = {
      provider_config: { aws: { name: "aws", expressions: { region: { constant_value: "eu-west-1" } } } },
      root_module: {
        resources: named.map(({ address, type, name }) => ({
          address,
          type,
          name,
          provider_config_key: "aws",
          expressions: {},
        })),
      },
    };
    return { planned_values: { root_module: { resources: named } }, resource_changes: [], configuration };
  };

  test("reports the other roles beside one whose document IAM refuses", async () => {
    const file = join(folder, "plan.json");
    const good = JSON.stringify({ Version: VERSION, Statement: [{ ...ALLOW, Action: "s3:DeleteObject" }] });
    writeFileSync(file, JSON.stringify(planOf({ bad: '{"Statement": ["Allow"]}', worse: "null", good, worst: "{" })));
    const printed = jest.spyOn(console, "log").mockImplementation(() => undefined);
    const code = await run({ values: { file: [file], json: true }, positionals: [] } as never);
    const { roles } = JSON.parse(printed.mock.calls.join("\n"));
    expect(
      roles.map(({ role, notChecked, excess }: { role: string; notChecked?: string; excess: { action: string }[] }) => [
        role,
        notChecked,
        excess.map(({ action }) => action),
      ]),
    ).toEqual([
      [arn("bad"), "IAM refuses aws_iam_role_policy.own, statement 1: it is not an object", []],
      [arn("good"), undefined, ["s3:DeleteObject"]],
      [arn("worse"), "IAM refuses aws_iam_role_policy.own: it is not an object", []],
      [arn("worst"), expect.stringMatching(/^IAM refuses aws_iam_role_policy.own: Expected property name/), []],
    ]);
    expect(code).toBe(2);
  });
});
