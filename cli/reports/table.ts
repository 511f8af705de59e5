import type { CheckedCall, Excess } from "../findings/findings";
import { colored } from "../terminal";
import { conditionalIn, missingIn, policyName, type RoleReport, usersOf } from "./report";

/** A report for people: one table per role, with the most important rows last. */
export function asTables(reports: readonly RoleReport[]): string {
  return [...reports.map(tableOf), conclusion(reports)].join("\n\n");
}

type Row = readonly [mark: string, ...columns: string[]];

function tableOf(report: RoleReport): string {
  const { role, taskDefinitions, calls, excess, notes, notChecked } = report;
  const used = taskDefinitions.map(({ name, services }) => [name, servicesOf(services)].filter(Boolean).join(" "));
  const rows = [
    ...calls.filter(({ allowed }) => allowed).map(callRow),
    ...missingIn(report).map(callRow),
    ...excess.map(excessRow),
  ];
  const lines = [
    ...laidOut(rows),
    ...notes.map((note) => `  note     ${note}`),
    ...(notChecked === undefined ? [] : [`  could not check: ${notChecked}`]),
  ];
  return [`Role ${role}`, `  for ${used.join(", ")}`, "", ...lines].join("\n");
}

function servicesOf(services: readonly string[]): string {
  return services.length === 0 ? "" : `(${services.length === 1 ? "service" : "services"} ${services.join(", ")})`;
}

function callRow(call: CheckedCall): Row {
  const { action, resource, allowed, onlyWith, field, why } = call;
  const remark = allowed
    ? onlyWith && `allowed only with ${onlyWith}`
    : [why, `access.${field} grants it`]
        .filter((_, at) => at === 0 || why === undefined)
        .filter(Boolean)
        .join("; ");
  return [
    allowed ? "ok" : why === undefined ? "DENIED" : "FAILS",
    action,
    resource,
    allowed ? someUsers(call) : usersOf(call),
    remark ?? "",
  ];
}

/** How many containers are listed for an allowed call. For a denied call, all are listed. */
const USERS_NAMED = 3;

function someUsers({ tasks, ...call }: CheckedCall): string {
  const more = tasks.length - USERS_NAMED;
  const named = usersOf({ ...call, tasks: tasks.slice(0, USERS_NAMED) });
  return more > 0 ? `${named} and ${more} more` : named;
}

function excessRow({ action, resource, policy, statement, level, example, why }: Excess): Row {
  const one = `${example.action} on ${example.resource}`;
  return ["EXCESS", action, resource, `${policyName(policy)}, ${statement}`, `${level}; ${why}, for example ${one}`];
}

const COLOR = { ok: "green", DENIED: "red", FAILS: "red", EXCESS: "yellow" } as const;

/** The maximum column width, so that one long ARN does not shift the other columns. */
const WIDEST = 100;

function laidOut(rows: readonly Row[]): string[] {
  const widths = [8, 0, 0, 0].map((least, column) =>
    Math.max(least, ...rows.map((row) => Math.min(WIDEST, row[column]?.length ?? 0))),
  );
  return rows.map((row) => {
    const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    const [mark = "", ...others] = cells;
    return `  ${colored(COLOR[row[0] as keyof typeof COLOR], mark)} ${others.join("  ")}`.trimEnd();
  });
}

function conclusion(reports: readonly RoleReport[]): string {
  const [missing, excess, notChecked] = [
    reports.filter((report) => missingIn(report).length > 0),
    reports.filter((report) => report.excess.length > 0),
    reports.filter((report) => report.notChecked !== undefined),
  ];
  const conditional = reports.flatMap(conditionalIn).length;
  const failing = new Set(
    missing.flatMap(missingIn).flatMap(({ tasks }) => tasks.map(({ taskDefinition }) => taskDefinition)),
  );
  const denying = missing.filter((report) => missingIn(report).some(({ why }) => why === undefined));
  const lacking = denying.length > 0 ? `${number(denying, "lacks", "lack")} permissions.` : "";
  const sentences = [
    ...(failing.size > 0
      ? [[`Will not start: ${[...failing].sort().join(", ")}.`, lacking].filter(Boolean).join(" ")]
      : []),
    ...(conditional > 0
      ? [`${conditional === 1 ? "1 call is" : `${conditional} calls are`} allowed only under conditions.`]
      : []),
    ...(excess.length > 0 ? [`${number(excess, "allows", "allow")} more than the tasks need.`] : []),
    ...(notChecked.length > 0 ? [`${number(notChecked, "was", "were")} not checked.`] : []),
  ];
  const good = "Every needed call is allowed, and nothing else.";
  return sentences.length > 0 ? sentences.join("\n") : good;
}

function number(reports: readonly RoleReport[], one: string, many: string): string {
  return reports.length === 1 ? `1 role ${one}` : `${reports.length} roles ${many}`;
}
