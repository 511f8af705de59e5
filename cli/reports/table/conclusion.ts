import { suppressedIn, withoutSuppressed } from "../ignored";
import { conditionalCalls, deniedOrFailing, failingTasks, type RoleReport } from "../report";
import { textLines, WIDTH } from "./layout";
import { byStatement, everyStatement } from "./statements";
import { count, counts, some } from "./words";

/** What the last line counts: its name, the plural, and all of it in a report. */
type Kind = readonly [one: string, many: string, found: (report: RoleReport) => readonly unknown[]];

const CERTAIN: readonly Kind[] = [
  ["denied", "denied", (report) => deniedOrFailing(report).filter(({ why }) => why === undefined)],
  ["fails", "fail", (report) => [...deniedOrFailing(report).filter(({ why }) => why !== undefined), ...report.absent]],
];

const OPEN: readonly Kind[] = [
  ["conditional", "conditional", conditionalCalls],
  ["unknown", "unknown", ({ unknown }) => unknown],
  ["note", "notes", ({ notes }) => notes],
  ["not checked", "not checked", ({ notChecked = [] }) => [notChecked].flat()],
];

const UNNECESSARY: readonly Kind[] = [
  ["principal", "principals", ({ principals }) => principals],
  ["dead", "dead", ({ dead }) => byStatement(dead)],
  ["excess", "excess", ({ excess }) => byStatement(excess.flatMap(everyStatement))],
];

const SUPPRESSED: Kind = ["suppressed", "suppressed", suppressedIn];

const numbersOf = (kinds: readonly Kind[], reports: readonly RoleReport[]): string =>
  counts(kinds.map(([one, many, found]) => [reports.flatMap(found).length, one, many]));

/**
 * The numbers of all roles, in one line if they fit. The last line has the number of each kind of finding. Whether tasks
 * start does not depend on what is suppressed.
 */
export function conclusion(reports: readonly RoleReport[]): string[] {
  const left = reports.map(withoutSuppressed);
  const numbers = [numbersOf([...CERTAIN, ...OPEN, ...UNNECESSARY], left), numbersOf([SUPPRESSED], reports)]
    .filter(Boolean)
    .join(", ");
  if (numbers === "") {
    return ["Every needed call is allowed, and nothing else."];
  }
  const failing = reports.flatMap(failingTasks).sort();
  const tasks = reports.flatMap(({ taskDefinitions }) => taskDefinitions).length;
  const good = numbersOf(OPEN, reports) ? "No failure found" : "Every task will start";
  const isChecked = reports.every(({ notChecked }) => notChecked === undefined);
  const ofAll = isChecked ? good : "Not every role could be checked";
  const verdict = failing.length > 0 ? `${failing.length} of ${count(tasks, "task")} will not start` : ofAll;
  const line = `${verdict}: ${numbers}.`;
  return [
    // With one role, the names are in its first lines.
    ...(reports.length > 1 && failing.length > 0 ? textLines(`Will not start: ${some(failing, NAMED, false)}.`) : []),
    ...(line.length > WIDTH ? [`${verdict}:`, `${numbers}.`] : [line]),
  ];
}

/** How many tasks are named. */
const NAMED = 20;
