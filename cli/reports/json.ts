import { suppressedIn } from "./ignored";
import type { RoleReport } from "./report";
import { findingsIn } from "./rules";

/** The report for scripts. A finding has the ID of its rule, and says whether it is suppressed. */
export function asJson(reports: readonly RoleReport[]): string {
  return JSON.stringify({ roles: reports.map(roleOf) }, null, 2);
}

function roleOf(report: RoleReport): object {
  const ids = new Map(findingsIn(report).flatMap(({ id, entries }) => entries.map((one) => [one, id])));
  const suppressed = new Set(suppressedIn(report).flatMap(({ entries }) => entries));
  const about = (one: object | string) => ({
    ...(ids.has(one) && { id: ids.get(one) }),
    ...(suppressed.has(one) && { suppressed: true }),
  });
  const all = (entries: readonly object[]) => entries.map((one) => ({ ...about(one), ...one }));
  const { calls, ignored: _, ...rest } = report;
  return {
    ...rest,
    ...about(report),
    excess: all(report.excess),
    principals: all(report.principals),
    dead: all(report.dead),
    absent: all(report.absent),
    unknown: all(report.unknown),
    notes: report.notes.map((text) => ({ ...about(text), text })),
    missing: all(calls.filter(({ allowed }) => !allowed)),
    allowed: all(calls.filter(({ allowed }) => allowed)),
  };
}
