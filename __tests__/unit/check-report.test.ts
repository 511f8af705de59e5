import { stripVTControlCharacters } from "node:util";
import { asJson } from "../../cli/reports/json";
import type { RoleReport } from "../../cli/reports/report";
import { asSarif } from "../../cli/reports/sarif";
import { asTables } from "../../cli/reports/table/table";
import { CALL, EVERYTHING, EXCESS, LONG, report } from "../support/report-of-everything";

const CONDITIONAL = report({ calls: [CALL, { ...CALL, onlyWith: "aws:SourceIp in 203.0.113.0/24" }] });
const DENIED = report({ calls: [{ ...CALL, allowed: false }] });
const NOT_CHECKED = report({ calls: [], notChecked: "the role is in another account" });

const linesOf = (...args: Parameters<typeof asTables>) => asTables(...args).split("\n");
const lastLine = (...reports: readonly RoleReport[]) => linesOf(reports).at(-1);
/** A report as one line, whatever its line breaks. */
const text = (...args: Parameters<typeof asTables>) => asTables(...args).replace(/\s+/g, " ");

describe("the first lines of a role", () => {
  const verdict = (more: Partial<RoleReport>) =>
    text([report(more)]).replace(/^Role \S+ (.*?)(?<!\d) (ok|[A-Z]+|note) .*$/, "$1");

  test.each<[string, Partial<RoleReport>]>([
    ["orders:3 will start", {}],
    ["orders:3 (services a, b) will start", { taskDefinitions: [{ name: "orders:3", services: ["a", "b"] }] }],
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

  test("say why a role could not be checked", () => {
    expect(text([NOT_CHECKED])).toContain("orders:3 could not be checked (the role is in another account)");
  });

  test("name tasks with the same verdict together, and the first ten of many", () => {
    const taskDefinitions = Array.from({ length: 12 }, (_, at) => ({ name: `t${at}`, services: [] }));
    const calls = [{ ...CALL, allowed: false, tasks: [{ taskDefinition: "t3", container: "app" }] }];
    expect(text([report({ taskDefinitions, calls })])).toMatch(
      / 11 tasks will start: t0, t1, t2, t4, t5, t6, t7, t8, t9, t10 and 1 more t3 will not start: 1 call denied /,
    );
    expect(text([report({ taskDefinitions })], true)).toContain("t10, t11");
  });
});

describe("the last line of a report", () => {
  test.each<[string, RoleReport[]]>([
    ["Every needed call is allowed, and nothing else.", [report()]],
    ["No failure found: 1 conditional.", [report(), CONDITIONAL]],
    ["No failure found: 2 conditional.", [CONDITIONAL, CONDITIONAL]],
    ["No failure found: 1 note.", [report({ notes: ["a key is unknown"] })]],
    ["No failure found: 1 not checked.", [report(), NOT_CHECKED]],
    ["Every task will start: 2 excess.", [report({ excess: [EXCESS, EXCESS, { ...EXCESS, statement: "b" }] })]],
    ["1 of 2 tasks will not start: 1 denied, 1 conditional.", [DENIED, CONDITIONAL]],
  ])("is: %s", (sentence, reports) => {
    expect(lastLine(...reports)).toBe(sentence);
  });

  test("has a number for every kind of finding, and comes after the names of the tasks if there are several roles", () => {
    const more = report({ ...NOT_CHECKED, taskDefinitions: [{ name: "other:1", services: [] }] });
    expect(linesOf([more, EVERYTHING]).at(-1)).toBe(
      "2 denied, 2 fail, 1 conditional, 2 unknown, 1 note, 1 not checked, 2 principals, 1 dead, 3 excess.",
    );
    expect(linesOf([more, EVERYTHING]).at(-2)).toBe("100 of 101 tasks will not start:");
    expect(text([more, EVERYTHING])).toMatch(/ Will not start: a-team-with-a-long-name-orders-0:3, .* and 80 more\. /);
  });
});

test("no line of a report has more than 120 columns, and 100 services on a role do not fill the screen", () => {
  for (const verbose of [false, true]) {
    expect(linesOf([EVERYTHING, NOT_CHECKED], verbose).filter((line) => line.length > 120)).toEqual([]);
  }
  expect(linesOf([EVERYTHING]).length).toBeLessThan(80);
  expect(text([EVERYTHING])).toContain("arn:aws:secretsmanager:eu-west-1:111122223333:secret:team");
  expect(asTables([EVERYTHING])).toMatch(/…\S*database-AbCdEf/);
});

test("the rows of a role have the fix, the cause or the example of each finding, the most important first", () => {
  const marks = linesOf([EVERYTHING]).flatMap((line) => line.match(/^ {2}(\w+) {2,}\S/)?.[1] ?? []);
  expect(marks).toEqual(
    "DENIED DENIED FAILS FAILS CONDITIONAL UNKNOWN UNKNOWN TRUST DEAD EXCESS EXCESS note ok".split(" "),
  );
  const short = text([EVERYTHING]).replace(/arn:aws:secretsmanager\S+/g, "ARN");
  for (const sentence of [
    "DENIED kms:Decrypt on ARN for app (a-team-with-a-long-name-orders-0:3): access.decryptionKeys grants it",
    ": denied by the permissions boundary ARN which allows nothing; without that, access.environmentFiles grants it",
    "and 97 more: the key is Disabled",
    "and 97 more: allowed only with aws:SourceArn like ARN and aws:SourceVpce vpce-1",
    "FAILS image ARN for",
    "and 97 more: the repository has no such tag",
    "UNKNOWN secrets[0].valueFrom is unknown for",
    ": waits for aws_secretsmanager_secret.orders, ARN UNKNOWN policy is unknown",
    "(a-team-with-a-long-name-orders-0:3): decides on s3:GetObject TRUST",
    "TRUST the trust policy, statement 1, also lets *, ARN assume the role",
    "DEAD ARN Decrypt: kms:Decrypt on ARN never matches: it is no key's ARN",
    "EXCESS SecretsManagerReadWrite, BasePermissions: secretsmanager:* and 1 more on *" +
      " Permissions management: no task needs the action, for example secretsmanager:DeleteResourcePolicy; also in own, Keys",
    "ok 1 call is allowed; --verbose lists them",
  ]) {
    expect(short).toContain(sentence);
  }
});

test("--verbose lists every call, task, action and resource", () => {
  const all = text([EVERYTHING], true);
  expect(all).not.toMatch(/ and \d+ more/);
  expect(all).toMatch(/ ok s3:GetObject on arn:/);
  expect(all).toContain("secretsmanager:*, kms:ListKeys on *");
  expect(all).toContain("for app (a-team-with-a-long-name-orders-0:3), app (a-team-with-a-long-name-orders-1:3)");
});

test("a row has the actions that the same tasks need on the same resource", () => {
  const calls = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"].map((action) => ({ ...CALL, action }));
  const denied = calls.map((call) => ({ ...call, allowed: false }));
  expect(text([report({ calls: denied })])).toContain(
    "2 calls denied DENIED ecr:BatchGetImage, ecr:GetDownloadUrlForLayer on arn:aws:s3:::b/k for",
  );
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
  expect(lastLine(missing)).toBe("1 of 1 task will not start: 2 fail.");
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
  expect(lastLine(report({ excess: [same, own] }))).toBe("Every task will start: 2 excess.");
});

test("the roles whose tasks will not start come first, and then those that could not be checked", () => {
  const roles = [report({ role: "good" }), { ...NOT_CHECKED, role: "foreign" }, { ...DENIED, role: "bad" }];
  expect(linesOf(roles).filter((line) => line.startsWith("Role "))).toEqual(["Role bad", "Role foreign", "Role good"]);
});

describe("a report in a terminal", () => {
  const { isTTY } = process.stdout;
  beforeEach(() => {
    process.stdout.isTTY = true;
  });
  afterEach(() => {
    process.stdout.isTTY = isTTY;
  });

  test("has colors, but none from the text of AWS", () => {
    const colored = asTables([report({ ...DENIED, notes: ["a \u001b[31mred\u001b[0m note"] })]);
    expect(colored).toContain("\u001b[31mDENIED     \u001b[39m");
    expect(colored).toContain("a \\u001b[31mred\\u001b[0m note");
    expect(
      Math.max(
        ...stripVTControlCharacters(colored)
          .split("\n")
          .map((line) => line.length),
      ),
    ).toBeLessThan(121);
  });
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
