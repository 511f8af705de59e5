import type { CheckedCall } from "../../findings/findings";
import { grouped } from "../../grouped";
import { conditionalCalls, deniedOrFailing, type RoleReport } from "../report";
import { textLines } from "./layout";
import { counts, NAMED, some } from "./words";

/** Whether each task of a role starts. Tasks with the same verdict share a line. */
export function verdictLines(report: RoleReport, verbose: boolean): string[] {
  const verdicts = report.taskDefinitions.map(({ name, services }) => ({
    task: [name, servicesOf(services, verbose)].filter(Boolean).join(" "),
    verdict: verdictOn(name, report),
  }));
  return grouped(verdicts, ({ verdict }) => verdict).flatMap((all) => {
    const tasks = some(
      all.map(({ task }) => task),
      TASKS_NAMED,
      verbose,
    );
    const [{ verdict }] = all;
    const sentence = all.length === 1 ? `${tasks} ${verdict}` : `${all.length} tasks ${verdict}: ${tasks}`;
    return textLines(sentence, "  ", "  ");
  });
}

/** How many tasks are named. */
const TASKS_NAMED = 10;

function servicesOf(services: readonly string[], verbose: boolean): string {
  const names = some(services, NAMED, verbose);
  return services.length === 0 ? "" : `(${services.length === 1 ? "service" : "services"} ${names})`;
}

function verdictOn(task: string, report: RoleReport): string {
  const { absent, unknown, notes, notChecked } = report;
  if (notChecked !== undefined) {
    return `could not be checked (${notChecked})`;
  }
  const of = <T extends Pick<CheckedCall, "tasks">>(all: readonly T[]) =>
    all.filter(({ tasks }) => tasks.some(({ taskDefinition }) => taskDefinition === task));
  const missing = of(deniedOrFailing(report));
  const wrong = counts([
    [missing.filter(({ why }) => why === undefined).length, "call denied", "calls denied"],
    [missing.filter(({ why }) => why !== undefined).length, "call fails", "calls fail"],
    ...grouped(of(absent), ({ kind }) => kind).map(
      (all) => [all.length, `${all[0].kind} does not exist`, `${all[0].kind}s do not exist`] as const,
    ),
  ]);
  if (wrong) {
    return `will not start: ${wrong}`;
  }
  const open = counts([
    [of(conditionalCalls(report)).length, "call allowed only under a condition", "calls allowed only under conditions"],
    [of(unknown).length, "unknown value"],
    [notes.length, "note"],
  ]);
  return open ? `may start: ${open}` : "will start";
}
