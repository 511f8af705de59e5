import { exitCodeOf } from "../../cli/reports/exit-code";
import { ignoredIn, unmatched } from "../../cli/reports/ignored";
import { asJson } from "../../cli/reports/json";
import type { RoleReport } from "../../cli/reports/report";
import { findingsIn, RULES } from "../../cli/reports/rules";
import { asSarif } from "../../cli/reports/sarif";
import { asTables } from "../../cli/reports/table/table";
import { CALL, EVERYTHING, EXCESS, report } from "../support/report-of-everything";

const NOT_CHECKED = report({ calls: [], notChecked: "the role is in another account" });
const DENIED = report({ calls: [{ ...CALL, allowed: false }] });
const CONDITIONAL = report({ calls: [{ ...CALL, onlyWith: "aws:SourceVpce vpce-1" }] });

const ignoring = (one: RoleReport, ...texts: string[]): RoleReport => ({ ...one, ignored: ignoredIn(texts) });
const roleIn = (one: RoleReport) => JSON.parse(asJson([one])).roles[0];
const results = (one: RoleReport): { ruleId: string; suppressions: object[] }[] =>
  JSON.parse(asSarif([one])).runs[0].results;
const codes = (...roles: RoleReport[]) => [exitCodeOf(roles, false), exitCodeOf(roles, true)];

describe("every finding", () => {
  test("has the ID of its rule in --json and in SARIF", () => {
    const { missing, allowed, excess, principals, dead, absent, unknown } = roleIn(EVERYTHING);
    const ids = (found: { id?: string }[]) => [...new Set(found.map(({ id }) => id))];
    expect([missing, allowed, excess, principals, dead, absent, unknown].map(ids)).toEqual([
      ["missing-permission"],
      [undefined, "conditional-permission"],
      ["excess-permission"],
      ["other-principal"],
      ["dead-statement"],
      ["absent-resource"],
      ["unknown-value"],
    ]);
    expect(roleIn(NOT_CHECKED)).toMatchObject({ id: "not-checked", notChecked: "the role is in another account" });
    const found = [EVERYTHING, NOT_CHECKED].flatMap(findingsIn).map(({ id }) => id);
    expect([...new Set(found)]).toEqual(Object.keys(RULES));
    expect([EVERYTHING, NOT_CHECKED].flatMap(results).map(({ ruleId }) => ruleId)).toEqual(found);
  });

  test("has a fingerprint in SARIF that no wording or revision changes", () => {
    const fingerprints = (one: RoleReport) =>
      JSON.parse(asSarif([one])).runs[0].results.map(
        (result: { partialFingerprints: object }) => result.partialFingerprints,
      );
    const [call] = DENIED.calls;
    const tasks = [{ taskDefinition: "orders:4", container: "app" }];
    const later = report({ calls: call ? [{ ...call, tasks, deniedBy: "a Deny statement" }] : [] });
    expect(fingerprints(later)).toEqual(fingerprints(DENIED));
    expect(fingerprints(DENIED)).toEqual([
      { "finding/v1": `missing-permission ${DENIED.role} s3:GetObject on arn:aws:s3:::b/k` },
    ]);
  });

  test.each(Object.keys(RULES))("with the ID %s can be suppressed, and is still told", (id) => {
    const whole = id === "not-checked" ? NOT_CHECKED : EVERYTHING;
    const one = ignoring(whole, id);
    const suppressed = results(one).filter(({ suppressions }) => suppressions.length > 0);
    expect([...new Set(suppressed.map(({ ruleId }) => ruleId))]).toEqual([id]);
    expect(suppressed[0]?.suppressions).toEqual([{ kind: "external" }]);
    expect(results(one)).toHaveLength(results(whole).length);
    const { missing, allowed, excess, notChecked } = roleIn(one);
    const before = roleIn(whole);
    expect([missing.length, allowed.length, excess.length, notChecked]).toEqual([
      before.missing.length,
      before.allowed.length,
      before.excess.length,
      before.notChecked,
    ]);
    const marked = [roleIn(one), ...Object.values<object | string>(roleIn(one)).flat()].filter(
      (entry) => (entry as { suppressed?: boolean }).suppressed,
    );
    expect(marked.map((entry) => entry.id)).toEqual(suppressed.map(() => id));
    expect(asTables([one])).toContain(`\n  suppressed   ${id}:`);
    expect(asTables([one])).toContain(` ${suppressed.length} suppressed`);
  });
});

describe("the exit code", () => {
  test.each<[string, RoleReport, number[]]>([
    ["nothing", report(), [0, 0]],
    ["an unknown value", report({ unknown: EVERYTHING.unknown }), [0, 0]],
    ["a denied call", DENIED, [1, 1]],
    ["something absent", report({ absent: EVERYTHING.absent }), [1, 1]],
    ["a role that was not checked", NOT_CHECKED, [2, 2]],
    ["a conditional call", CONDITIONAL, [0, 3]],
    ["an excess permission", report({ excess: [EXCESS] }), [0, 3]],
    ["another principal", report({ principals: EVERYTHING.principals }), [0, 3]],
    ["a dead statement", report({ dead: EVERYTHING.dead }), [0, 3]],
  ])("is that of the most severe finding: %s", (_, one, expected) => {
    expect(codes(report(), one)).toEqual(expected);
  });

  const also = { ...EXCESS, action: "kms:*" };
  const role = report().role;

  test.each<[string, RoleReport, string[], number[]]>([
    ["a denied call", DENIED, ["missing-permission"], [0, 0]],
    ["a denied call, by its action", DENIED, ["missing-permission=s3:GetObject"], [0, 0]],
    ["a denied call, by its resource", DENIED, ["missing-permission=arn:aws:s3:::b/k"], [0, 0]],
    ["a denied call, by both", DENIED, ["missing-permission=s3:GetObject on arn:aws:s3:::b/k"], [0, 0]],
    ["a denied call, by the role", DENIED, [`missing-permission=${role}`], [0, 0]],
    ["another action", DENIED, ["missing-permission=s3:PutObject"], [1, 1]],
    ["a pattern, which is no name", DENIED, ["missing-permission=s3:*", "missing-permission=*"], [1, 1]],
    ["another rule", DENIED, ["excess-permission"], [1, 1]],
    ["a role that was not checked", NOT_CHECKED, ["not-checked"], [0, 0]],
    ["a conditional call", CONDITIONAL, ["conditional-permission"], [0, 0]],
    ["one of two permissions", report({ excess: [EXCESS, also] }), ["excess-permission=kms:*"], [0, 3]],
    ["two permissions", report({ excess: [EXCESS, also] }), ["excess-permission=kms:*", `excess-permission=*`], [0, 0]],
  ])("does not depend on what is ignored: %s", (_, whole, ignored, expected) => {
    expect(codes(ignoring(whole, ...ignored))).toEqual(expected);
  });

  test("does not depend on the calls that fail because of something absent, if that is ignored", () => {
    const secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-??????";
    const why = "it does not exist";
    const call = { ...CALL, allowed: false, resource: secret.replaceAll("?", "x"), why };
    const absent = [{ kind: "secret" as const, name: secret, why, tasks: CALL.tasks }];
    const one = report({ calls: [call], absent });
    expect(roleIn(one).missing).toMatchObject([{ id: "absent-resource" }]);
    expect([codes(one), codes(ignoring(one, `absent-resource=${secret}`))]).toEqual([
      [1, 1],
      [0, 0],
    ]);
  });
});

test("the report says what is true of a task although the finding is suppressed", () => {
  expect(asTables([ignoring(DENIED, "missing-permission")]).split("\n")).toEqual([
    "Role arn:aws:iam::111122223333:role/orders",
    "  orders:3 will not start: 1 call denied",
    "",
    "  suppressed   missing-permission: s3:GetObject on arn:aws:s3:::b/k",
    "",
    "1 of 1 task will not start: 1 suppressed.",
  ]);
  expect(asTables([ignoring(CONDITIONAL, "conditional-permission")])).toMatch(/\nNo failure found: 1 suppressed\.$/);
});

test("what is ignored and matches no finding of any role is named as the user wrote it", () => {
  const texts = ["missing-permission", "missing-permission=s3:PutObject", "dead-statement", "excess-permission=*"];
  expect(unmatched(ignoredIn(texts), [DENIED, report({ excess: [EXCESS] })])).toEqual([
    "missing-permission=s3:PutObject",
    "dead-statement",
  ]);
  expect(unmatched(ignoredIn(texts), [])).toEqual(texts);
});

test.each(["mising-permission", "", "missing-permission=", "constructor"])(
  "an ID that no rule has is an error that names the IDs: %j",
  (text) => {
    expect(() => ignoredIn([text])).toThrow(
      `--ignore must be ID or ID=NAME, not ${text}; the IDs are missing-permission, conditional-permission, absent-resource, `,
    );
  },
);
