import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IAMClient } from "@aws-sdk/client-iam";
import { run } from "../../cli/commands/check";
import { type PolicyKind, validatePolicy } from "../../cli/findings/validate-policy";
import { parsePolicy } from "../../cli/parse-policy";
import { ECS_TASKS_TRUST } from "../support/account";
import { fixture } from "../support/fixture";
import { plan } from "../support/plan";

const VERSION = "2012-10-17";
const ALLOW = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

/** A document or its only statement, and why IAM refuses it, if it does. */
interface Case {
  readonly document?: unknown;
  readonly statement?: unknown;
  readonly kind?: PolicyKind;
  readonly reason?: string;
}

const check = (document: unknown, kind: PolicyKind = "identity") => validatePolicy(document, "p", kind);

describe("a document", () => {
  test.each(fixture<Case[]>("policy-documents.json").map((one) => [one.reason ?? "it is taken", one] as const))(
    "is checked as IAM does: %s: %j",
    (_, { statement, document = { Version: VERSION, Statement: [statement] }, kind, reason }) => {
      if (reason === undefined) {
        expect(() => check(document, kind)).not.toThrow();
      } else {
        expect(() => check(document, kind)).toThrow(/^IAM refuses p[,:] /);
        expect(() => check(document, kind)).toThrow(reason);
      }
    },
  );

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
});

describe("check", () => {
  const arn = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

  /** A plan with a role for each policy, whose tasks need nothing. */
  const planOf = (policies: Readonly<Record<string, string>>) =>
    plan(
      Object.entries(policies).flatMap(([name, policy]) => [
        {
          address: `aws_iam_role.${name}`,
          values: { name, arn: arn(name), assume_role_policy: JSON.stringify(ECS_TASKS_TRUST) },
        },
        { address: "aws_iam_role_policy.own", values: { name: "own", role: name, policy } },
        {
          address: `aws_ecs_task_definition.${name}`,
          values: { execution_role_arn: arn(name), container_definitions: '[{"name":"app","image":"nginx"}]' },
        },
      ]),
    );

  test("reports the other roles beside one whose document IAM refuses", async () => {
    const folder = mkdtempSync(join(tmpdir(), "check-"));
    const file = join(folder, "plan.json");
    const good = JSON.stringify({ Version: VERSION, Statement: [{ ...ALLOW, Action: "s3:DeleteObject" }] });
    writeFileSync(file, JSON.stringify(planOf({ bad: '{"Statement": ["Allow"]}', worse: "null", good, worst: "{" })));
    const noRole = Object.assign(new Error("no"), { name: "NoSuchEntityException" });
    jest.spyOn(IAMClient.prototype, "send").mockImplementation(() => Promise.reject(noRole));
    const printed = jest.spyOn(console, "log").mockImplementation(() => undefined);
    const code = await run({ values: { file: [file], json: true }, positionals: [] } as never);
    const { roles } = JSON.parse(printed.mock.calls.join("\n"));
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
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
