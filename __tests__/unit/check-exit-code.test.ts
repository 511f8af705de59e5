import { exitCodeOf } from "../../cli/reports/exit-code";
import type { RoleReport } from "../../cli/reports/report";
import { report } from "../support/report-of-everything";

const GOOD = report({ taskDefinitions: [], calls: [] });
const call = { action: "s3:GetObject", resource: "arn:aws:s3:::b/k", field: "environmentFiles", tasks: [] };
const statement = { policy: "own", statement: "statement 1", action: "s3:HeadObject", resource: "*", why: "dead" };
const example = { action: "s3:HeadObject", resource: "*" };

test.each<[string, Partial<RoleReport>, number, number]>([
  ["nothing", {}, 0, 0],
  ["an unknown value", { unknown: [{ field: "image", waitsFor: [], tasks: [] }] }, 0, 0],
  ["a denied call", { calls: [{ ...call, allowed: false }] }, 1, 1],
  ["an absent image", { absent: [{ kind: "image", name: "orders:v1", why: "it does not exist", tasks: [] }] }, 1, 1],
  ["a role that was not checked", { notChecked: "no permission" }, 2, 2],
  ["a conditional call", { calls: [{ ...call, allowed: true, onlyWith: "a condition" }] }, 0, 3],
  ["an excess permission", { excess: [{ ...statement, level: "Write", example }] }, 0, 3],
  ["another principal", { principals: [{ statement: "statement 1", principal: "*" }] }, 0, 3],
  ["a dead statement", { dead: [statement] }, 0, 3],
])("%s exits with the code of the most severe finding", (_, found, lenient, strict) => {
  const reports = [GOOD, { ...GOOD, ...found }];
  expect([exitCodeOf(reports, false), exitCodeOf(reports, true)]).toEqual([lenient, strict]);
});
