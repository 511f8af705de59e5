import { asJson, exitCodeOf, type RoleReport } from "../../cli/reports/report";
import { asSarif } from "../../cli/reports/sarif";
import { asTables } from "../../cli/reports/table";

const call = {
  action: "s3:GetObject",
  resource: "arn:aws:s3:::b/k",
  field: "environmentFiles",
  tasks: [],
  allowed: true,
};
const report = (more: Partial<RoleReport>): RoleReport => ({
  role: "arn:aws:iam::111122223333:role/orders",
  taskDefinitions: [],
  calls: [call],
  excess: [],
  principals: [],
  dead: [],
  absent: [],
  unknown: [],
  notes: [],
  ...more,
});

const GOOD = report({});
const CONDITIONAL = report({ calls: [call, { ...call, onlyWith: "aws:SourceIp in 203.0.113.0/24" }] });
const lastLine = (...reports: readonly RoleReport[]) => asTables(reports).split("\n").at(-1);

describe("the last line of a report", () => {
  test("says that all is well only if no call depends on a condition", () => {
    expect(lastLine(GOOD)).toBe("Every needed call is allowed, and nothing else.");
    expect(lastLine(GOOD, CONDITIONAL)).toBe("1 call is allowed only under conditions.");
    expect(lastLine(CONDITIONAL, CONDITIONAL)).toBe("2 calls are allowed only under conditions.");
  });

  test("comes after a sentence on each kind of finding", () => {
    const missing = report({
      calls: [{ ...call, allowed: false, tasks: [{ taskDefinition: "orders:1", container: "app" }] }],
    });
    expect(asTables([missing, CONDITIONAL]).split("\n").slice(-2)).toEqual([
      "Will not start: orders:1. 1 role lacks permissions.",
      "1 call is allowed only under conditions.",
    ]);
  });
});

test("a conditional call exits with 3, but only with --strict, and is in the SARIF file", () => {
  expect([exitCodeOf([CONDITIONAL], false), exitCodeOf([CONDITIONAL], true), exitCodeOf([GOOD], true)]).toEqual([
    0, 3, 0,
  ]);
  const { runs } = JSON.parse(asSarif([GOOD, CONDITIONAL], undefined));
  expect(runs[0].results).toMatchObject([
    {
      ruleId: "conditional-permission",
      message: { text: expect.stringContaining("only with aws:SourceIp in 203.0.113.0/24.") },
    },
  ]);
  expect(JSON.parse(asJson([CONDITIONAL])).roles[0].allowed[1].onlyWith).toBe("aws:SourceIp in 203.0.113.0/24");
});
