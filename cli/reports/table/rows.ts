import type { AbsentResource, OtherPrincipal, UnknownValue } from "../../findings/findings";
import { grouped } from "../../grouped";
import { suppressedIn, withoutSuppressed } from "../ignored";
import { conditionalCalls, deniedOrFailing, okCalls, type RoleReport } from "../report";
import type { Finding } from "../rules";
import { callRows, remark } from "./calls";
import type { Row } from "./layout";
import { byStatement, deadRow, excessRow } from "./statements";
import { count, NAMED, some } from "./words";

/** The rows of a role, most important first. What is suppressed has one row for each rule. */
export function rowsOf(whole: RoleReport, verbose: boolean): Row[] {
  const report = withoutSuppressed(whole);
  const { absent, unknown, principals, dead, excess, notes } = report;
  return [
    ...callRows(deniedOrFailing(report), verbose),
    ...absent.map((one) => absentRow(one, verbose)),
    ...callRows(conditionalCalls(report), verbose),
    ...unknown.map((one) => unknownRow(one, verbose)),
    ...grouped(principals, ({ statement }) => statement).map((all) => trustRow(all, verbose)),
    ...byStatement(dead).map((all) => deadRow(all, verbose)),
    ...byStatement(excess).map((all) => excessRow(all, excess, verbose)),
    ...grouped(suppressedIn(whole), ({ id }) => id).map((all) => suppressedRow(all, verbose)),
    ...notes.map((text): Row => ({ mark: "note", text })),
  ];
}

/** How many calls are allowed, for a report that does not list them. */
export function fineRow(report: RoleReport): Row[] {
  const fine = okCalls(report).length;
  return fine > 0 ? [{ mark: "ok", text: `${count(fine, "call is", "calls are")} allowed; --verbose lists them` }] : [];
}

function absentRow(absent: AbsentResource, verbose: boolean): Row {
  const { kind, name, why } = absent;
  return { mark: "FAILS", text: `${kind} ${name}`, remark: remark(absent, why, verbose) };
}

function unknownRow(unknown: UnknownValue, verbose: boolean): Row {
  const { field, waitsFor, calls = [] } = unknown;
  const actions = [...new Set(calls.map(({ action }) => action))];
  const about = [
    ...(waitsFor.length > 0 ? [`waits for ${some(waitsFor, NAMED, verbose)}`] : []),
    ...(actions.length > 0 ? [`decides on ${some(actions, NAMED, verbose)}`] : []),
  ];
  return { mark: "UNKNOWN", text: `${field} is unknown`, remark: remark(unknown, about.join("; "), verbose) };
}

function suppressedRow(all: readonly [Finding, ...Finding[]], verbose: boolean): Row {
  const subjects = [...new Set(all.map(({ subject }) => subject))];
  return { mark: "suppressed", text: `${all[0].id}: ${some(subjects, NAMED, verbose)}` };
}

function trustRow(all: readonly [OtherPrincipal, ...OtherPrincipal[]], verbose: boolean): Row {
  const names = all.map(({ principal }) => principal);
  const text = `the trust policy, ${all[0].statement}, also lets ${some(names, NAMED, verbose)} assume the role`;
  return { mark: "TRUST", text };
}
