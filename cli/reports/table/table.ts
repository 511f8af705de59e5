import { failingTasks, okCalls, type RoleReport } from "../report";
import { callRows } from "./calls";
import { conclusion } from "./conclusion";
import { rowLines, textLines } from "./layout";
import { fineRow, rowsOf } from "./rows";
import { verdictLines } from "./verdicts";

/**
 * A report for people: the roles whose tasks will not start first, and the numbers last.
 *
 * @param verbose whether to list the calls that are allowed, and every name.
 */
export function asTables(reports: readonly RoleReport[], verbose = false): string {
  const sorted = [...reports].sort((one, other) => rank(one) - rank(other));
  const sections = [...sorted.flatMap((report) => tableOf(report, verbose)), conclusion(reports)];
  return sections.map((lines) => lines.join("\n")).join("\n\n");
}

/** The verdicts, then the findings. */
function tableOf(report: RoleReport, verbose: boolean): string[][] {
  const fine = verbose ? callRows(okCalls(report), verbose) : fineRow(report);
  const rows = [...rowsOf(report, verbose), ...fine].flatMap((row) => rowLines(row, verbose));
  const verdicts = [...textLines(`Role ${report.role}`), ...verdictLines(report, verbose)];
  return [verdicts, ...(rows.length > 0 ? [rows] : [])];
}

function rank(report: RoleReport): number {
  return [failingTasks(report).length > 0, report.notChecked !== undefined, true].indexOf(true);
}
