import { conditionalIn, failingTasks, type RoleReport, refusedIn } from "../report";
import { textLines, WIDTH } from "./layout";
import { byStatement, everyStatement } from "./statements";
import { count, counts, some } from "./words";

/** The numbers of all roles, in one line if they fit. The last line has the number of each kind of finding. */
export function conclusion(reports: readonly RoleReport[]): string[] {
  const of = (list: (report: RoleReport) => readonly unknown[]) => reports.flatMap(list).length;
  const denied = of((report) => refusedIn(report).filter(({ why }) => why === undefined));
  const certain = counts([
    [denied, "denied", "denied"],
    [of(refusedIn) - denied + of(({ absent }) => absent), "fails", "fail"],
  ]);
  const open = counts([
    [of(conditionalIn), "conditional", "conditional"],
    [of(({ unknown }) => unknown), "unknown", "unknown"],
    [of(({ notes }) => notes), "note", "notes"],
    [of(({ notChecked = [] }) => [notChecked].flat()), "not checked", "not checked"],
  ]);
  const unnecessary = counts([
    [of(({ principals }) => principals), "principal", "principals"],
    [of(({ dead }) => byStatement(dead)), "dead", "dead"],
    [of(({ excess }) => byStatement(excess.flatMap(everyStatement))), "excess", "excess"],
  ]);
  const numbers = [certain, open, unnecessary].filter(Boolean).join(", ");
  if (numbers === "") {
    return ["Every needed call is allowed, and nothing else."];
  }
  const failing = reports.flatMap(failingTasks).sort();
  const tasks = of(({ taskDefinitions }) => taskDefinitions);
  const good = open ? "No task is known to fail" : "Every task will start";
  const verdict = failing.length > 0 ? `${failing.length} of ${count(tasks, "task")} will not start` : good;
  const line = `${verdict}: ${numbers}.`;
  return [
    // With one role, the names are in its first lines.
    ...(reports.length > 1 && failing.length > 0 ? textLines(`Will not start: ${some(failing, NAMED, false)}.`) : []),
    ...(line.length > WIDTH ? [`${verdict}:`, `${numbers}.`] : [line]),
  ];
}

/** How many tasks are named. */
const NAMED = 20;
