import { withoutSuppressed } from "./ignored";
import { conditionalCalls, missingCalls, type RoleReport } from "./report";

/** The exit codes and when they apply, most severe first. */
const OUTCOMES: readonly (readonly [code: number, applies: (report: RoleReport, strict: boolean) => boolean])[] = [
  [1, (report) => missingCalls(report).length > 0 || report.absent.length > 0],
  [2, ({ notChecked }) => notChecked !== undefined],
  [3, (report, strict) => strict && hasStrictFindings(report)],
];

function hasStrictFindings(report: RoleReport): boolean {
  return [report.excess, report.principals, report.dead, conditionalCalls(report)].some((found) => found.length > 0);
}

/** The exit code for what is not suppressed. */
export function exitCodeOf(reports: readonly RoleReport[], strict: boolean): number {
  const left = reports.map(withoutSuppressed);
  return OUTCOMES.find(([, applies]) => left.some((report) => applies(report, strict)))?.[0] ?? 0;
}
