import { suppressedIn, withoutSuppressed } from "../ignored";
import { conditionalCalls, deniedOrFailing, failingTasks, type RoleReport } from "../report";
import { textLines, WIDTH } from "./layout";
import { byStatement, everyStatement } from "./statements";
import { count, counts, some } from "./words";

/**
 * The numbers of all roles, in one line if they fit. The last line has the number of each kind of finding. Whether tasks
 * start does not depend on what is suppressed.
 */
export function conclusion(reports: readonly RoleReport[]): string[] {
  const left = reports.map(withoutSuppressed);
  const suppressed = reports.flatMap(suppressedIn).length;
  const numbers = [certain(left), open(left), unnecessary(left), counts([[suppressed, "suppressed", "suppressed"]])]
    .filter(Boolean)
    .join(", ");
  if (numbers === "") {
    return ["Every needed call is allowed, and nothing else."];
  }
  const failing = reports.flatMap(failingTasks).sort();
  const tasks = reports.flatMap(({ taskDefinitions }) => taskDefinitions).length;
  const good = open(reports) ? "No failure found" : "Every task will start";
  const verdict = failing.length > 0 ? `${failing.length} of ${count(tasks, "task")} will not start` : good;
  const line = `${verdict}: ${numbers}.`;
  return [
    // With one role, the names are in its first lines.
    ...(reports.length > 1 && failing.length > 0 ? textLines(`Will not start: ${some(failing, NAMED, false)}.`) : []),
    ...(line.length > WIDTH ? [`${verdict}:`, `${numbers}.`] : [line]),
  ];
}

function certain(reports: readonly RoleReport[]): string {
  const refused = reports.flatMap(deniedOrFailing);
  const denied = refused.filter(({ why }) => why === undefined).length;
  const absent = reports.flatMap((report) => report.absent).length;
  return counts([
    [denied, "denied", "denied"],
    [refused.length - denied + absent, "fails", "fail"],
  ]);
}

function open(reports: readonly RoleReport[]): string {
  const of = (list: (report: RoleReport) => readonly unknown[]) => reports.flatMap(list).length;
  return counts([
    [of(conditionalCalls), "conditional", "conditional"],
    [of(({ unknown }) => unknown), "unknown", "unknown"],
    [of(({ notes }) => notes), "note", "notes"],
    [of(({ notChecked = [] }) => [notChecked].flat()), "not checked", "not checked"],
  ]);
}

function unnecessary(reports: readonly RoleReport[]): string {
  const of = (list: (report: RoleReport) => readonly unknown[]) => reports.flatMap(list).length;
  return counts([
    [of(({ principals }) => principals), "principal", "principals"],
    [of(({ dead }) => byStatement(dead)), "dead", "dead"],
    [of(({ excess }) => byStatement(excess.flatMap(everyStatement))), "excess", "excess"],
  ]);
}

/** How many tasks are named. */
const NAMED = 20;
