import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { asJson } from "../../cli/reports/json";
import type { RoleReport } from "../../cli/reports/report";
import { asSarif } from "../../cli/reports/sarif";
import { asTables } from "../../cli/reports/table/table";
import { CALL, EVERYTHING, EXCESS, LONG, report } from "../support/report-of-everything";

const CONDITIONAL = report({ calls: [CALL, { ...CALL, onlyWith: "aws:SourceIp in 203.0.113.0/24" }] });
const DENIED = report({ calls: [{ ...CALL, allowed: false }] });
const NOT_CHECKED = report({ calls: [], notChecked: "the role is in another account" });

const REPORT = readFileSync(join(__dirname, "../fixtures/report.txt"), "utf8");

const linesOf = (...args: Parameters<typeof asTables>) => asTables(...args).split("\n");
const conclusion = (...reports: readonly RoleReport[]) => asTables(reports).split("\n\n").at(-1);
/** A report as one line, whatever its line breaks. */
const text = (...args: Parameters<typeof asTables>) => asTables(...args).replace(/\s+/g, " ");

/** With a role of 100 services that has every kind of finding. */
test("a report is the text in report.txt, with 120 columns at most", () => {
  expect(`${asTables([EVERYTHING, NOT_CHECKED])}\n`).toBe(REPORT);
  expect(REPORT.split("\n").filter((line) => line.length > 120)).toEqual([]);
});

describe("the first lines of a role", () => {
  const verdict = (more: Partial<RoleReport>) =>
    text([report(more)]).replace(/^Role \S+ (.*?)(?<!\d) (ok|[A-Z]+|note) .*$/, "$1");

  test.each<[string, Partial<RoleReport>]>([
    ["orders:3 will start", {}],
    ["orders:3 (services a, b) will start", { taskDefinitions: [{ name: "orders:3", services: ["a", "b"] }] }],
    ["2 tasks will start: a, b", { taskDefinitions: ["a", "b"].map((name) => ({ name, services: [] })) }],
    ["orders:3 will not start: 1 call denied", { calls: DENIED.calls }],
    ["orders:3 will not start: 1 call fails", { calls: [{ ...CALL, allowed: false, why: "it does not exist" }] }],
    [
      "orders:3 will not start: 1 image does not exist",
      { absent: [{ kind: "image", name: "a:1", why: "no such tag", tasks: CALL.tasks }] },
    ],
    ["orders:3 may start: 1 call allowed only under a condition", { calls: CONDITIONAL.calls }],
    [
      "orders:3 may start: 1 unknown value, 1 note",
      { unknown: [{ field: "image", waitsFor: [], tasks: CALL.tasks }], notes: ["a key is unknown"] },
    ],
  ])("say: %s", (sentence, more) => {
    expect(verdict(more)).toBe(sentence);
  });
});

describe("the conclusion of a report", () => {
  test.each<[string, RoleReport[]]>([
    ["Every needed call is allowed, and nothing else.", [report()]],
    ["No failure found: 1 conditional.", [report(), CONDITIONAL]],
    ["No failure found: 2 conditional.", [CONDITIONAL, CONDITIONAL]],
    ["No failure found: 1 note.", [report({ notes: ["a key is unknown"] })]],
    ["Not every role could be checked: 1 not checked.", [report(), NOT_CHECKED]],
    ["Every task will start: 2 excess.", [report({ excess: [EXCESS, EXCESS, { ...EXCESS, statement: "b" }] })]],
    ["Will not start: orders:3.\n1 of 2 tasks will not start: 1 denied, 1 conditional.", [DENIED, CONDITIONAL]],
  ])("is: %s", (sentence, reports) => {
    expect(conclusion(...reports)).toBe(sentence);
  });
});

test("--verbose lists every call, task, action and resource", () => {
  const all = text([EVERYTHING], true);
  expect(all).not.toMatch(/ and \d+ more|DENIED.*…/);
  expect(all).toMatch(/ ok s3:GetObject on arn:/);
  expect(all).toContain("secretsmanager:*, kms:ListKeys on *");
  expect(all).toContain("for app (a-team-with-a-long-name-orders-0:3), app (a-team-with-a-long-name-orders-1:3)");
});

test("a call that fails because a secret is absent is one finding", () => {
  const secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-??????";
  const why = "it does not exist";
  const call = { ...CALL, action: "secretsmanager:GetSecretValue", allowed: false };
  const missing = report({
    calls: [
      { ...call, resource: secret.replaceAll("?", "x"), why },
      { ...call, resource: secret.replace("db", "other"), why },
    ],
    absent: [{ kind: "secret", name: secret, why, tasks: CALL.tasks }],
  });
  expect(text([missing])).toMatch(
    /will not start: 1 call fails, 1 secret does not exist FAILS .*:secret:other.* FAILS secret arn/,
  );
  expect(conclusion(missing)).toBe("1 of 1 task will not start: 2 fail.");
  expect(JSON.parse(asSarif([missing])).runs[0].results).toHaveLength(2);
  expect(JSON.parse(asJson([missing])).roles[0].missing).toHaveLength(2);
});

test("a statement has one row, with an example for each reason", () => {
  const other = { why: "no task needs it on all these resources", level: "Read" } as const;
  const examples = ["s3:GetObject", "s3:GetBucketLocation"].map((action) => ({ action, resource: "arn:aws:s3:::b" }));
  const excess = [EXCESS, ...examples.map((example) => ({ ...EXCESS, ...other, action: example.action, example }))];
  expect(text([report({ excess })])).toContain(
    "secretsmanager:* and 2 more on * Permissions management: no task needs the action, for example " +
      "secretsmanager:DeleteResourcePolicy; no task needs it on all these resources, for example s3:GetObject ok",
  );
});

test("a statement is named beside another that allows the same, unless it has a row of its own", () => {
  const also = [{ policy: "b", statement: "B" }];
  const same = { ...EXCESS, policy: "a", statement: "A", also };
  expect(text([report({ excess: [same] })])).toMatch(
    /for example secretsmanager:DeleteResourcePolicy; also in b, B ok/,
  );
  const own = { ...EXCESS, policy: "b", statement: "B", action: "s3:*" };
  expect(text([report({ excess: [same, own] })])).not.toContain("also in");
  expect(conclusion(report({ excess: [same, own] }))).toBe("Every task will start: 2 excess.");
});

test("the roles whose tasks will not start come first, and then those that could not be checked", () => {
  const roles = [report({ role: "good" }), { ...NOT_CHECKED, role: "foreign" }, { ...DENIED, role: "bad" }];
  expect(linesOf(roles).filter((line) => line.startsWith("Role "))).toEqual(["Role bad", "Role foreign", "Role good"]);
});

test("a report in a terminal has colors, but none from the text of AWS", () => {
  const { isTTY } = process.stdout;
  process.stdout.isTTY = true;
  const colored = asTables([report({ ...DENIED, notes: ["a \u001b[31mred\u001b[0m note"] })]);
  process.stdout.isTTY = isTTY;
  expect(colored).toContain("\u001b[31mDENIED     \u001b[39m");
  expect(colored).toContain("a \\u001b[31mred\\u001b[0m note");
  expect(
    stripVTControlCharacters(colored)
      .split("\n")
      .filter((line) => line.length > 120),
  ).toEqual([]);
});

test("a conditional call has its condition in the SARIF file and in JSON", () => {
  const { runs } = JSON.parse(asSarif([report(), CONDITIONAL]));
  expect(runs[0].results).toMatchObject([
    {
      ruleId: "conditional-permission",
      message: { text: expect.stringContaining("only with aws:SourceIp in 203.0.113.0/24.") },
    },
  ]);
  expect(JSON.parse(asJson([CONDITIONAL])).roles[0].allowed[1].onlyWith).toBe("aws:SourceIp in 203.0.113.0/24");
});

test("the SARIF file has every kind of finding, with whole ARNs", () => {
  const { runs } = JSON.parse(asSarif([EVERYTHING, NOT_CHECKED]));
  const results: { ruleId: string; level: string; message: { text: string } }[] = runs[0].results;
  const found = [...new Set(results.map(({ ruleId, level }) => `${ruleId}: ${level}`))];
  expect(found).toEqual([
    "missing-permission: error",
    "conditional-permission: note",
    "absent-resource: error",
    "unknown-value: note",
    "note: note",
    "other-principal: warning",
    "dead-statement: warning",
    "excess-permission: warning",
    "not-checked: warning",
  ]);
  expect(runs[0].tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(found.map((one) => one.split(":")[0]));
  expect(results.filter(({ message }) => message.text.includes("…"))).toEqual([]);
  expect(results.map(({ message }) => message.text).join("\n")).toContain(
    `(denied by the permissions boundary ${LONG}, which allows nothing; without that, access.environmentFiles grants it).`,
  );
});
