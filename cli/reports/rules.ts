import type { CheckedCall } from "../findings/findings";
import {
  aboutCall,
  callsOn,
  conditionalCalls,
  deniedOrFailing,
  type RoleReport,
  statementName,
  usersOf,
} from "./report";

type OfTasks = Pick<CheckedCall, "tasks">;

export interface Finding extends OfTasks {
  /** The ID of its rule. */
  readonly id: string;
  /** What it is about, the same in every run. `--ignore` can name it. */
  readonly subject: string;
  /** The finding in one sentence. */
  readonly text: string;
  /** What stands for it in the report: an object, or the text of a note. */
  readonly entries: readonly (object | string)[];
}

interface Rule {
  readonly level: "error" | "warning" | "note";
  /** What the rule is about. */
  readonly text: string;
  /** What the documentation says: how its findings are marked, their lists in JSON, and what a subject is. */
  readonly marks: string;
  readonly lists: string;
  readonly subject: string;
  readonly found: (report: RoleReport) => readonly Omit<Finding, "id">[];
}

/** @param others what else stands for it. */
function finding(entry: object & Partial<OfTasks>, subject: string, text: string, others: readonly object[] = []) {
  return { subject, text, entries: [entry, ...others], tasks: entry.tasks ?? [] };
}

const names = (of: OfTasks) => usersOf(of).join(", ");

const CALL = "ACTION on RESOURCE";
const on = ({ action, resource }: { readonly action: string; readonly resource: string }) => `${action} on ${resource}`;

/** The rules by ID. An ID never changes, because users name it in `--ignore`. */
export const RULES: Readonly<Record<string, Rule>> = {
  "missing-permission": {
    level: "error",
    text: "The task execution role lacks a permission that Amazon ECS needs to start the task.",
    marks: "DENIED, FAILS",
    lists: "`missing`",
    subject: CALL,
    found: (report) =>
      deniedOrFailing(report).map((call) => {
        const what = call.why === undefined ? "is denied" : "fails at";
        const text = `${report.role} ${what} ${on(call)}, which ${names(call)} needs (${aboutCall(call)}).`;
        return finding(call, on(call), text);
      }),
  },
  "conditional-permission": {
    level: "note",
    text: "The task execution role is allowed a needed call only under conditions that cannot be checked.",
    marks: "CONDITIONAL",
    lists: "`allowed`",
    subject: CALL,
    found: (report) =>
      conditionalCalls(report).map((call) => {
        const text = `${report.role} is allowed ${on(call)}, which ${names(call)} needs, only with ${call.onlyWith}.`;
        return finding(call, on(call), text);
      }),
  },
  "absent-resource": {
    level: "error",
    text: "A resource that a task needs does not exist.",
    marks: "FAILS",
    lists: "`absent`, `missing`",
    subject: "NAME",
    found: (report) =>
      report.absent.map((one) => {
        const text = `The ${one.kind} ${one.name}, which ${names(one)} needs: ${one.why}.`;
        return finding(one, one.name, text, callsOn(one, report));
      }),
  },
  "unknown-value": {
    level: "note",
    text: "A value that the check needs is unknown.",
    marks: "UNKNOWN",
    lists: "`unknown`",
    subject: "FIELD",
    found: ({ role, unknown }) =>
      unknown.map((one) => {
        const origin = one.waitsFor.length > 0 ? `; it waits for ${one.waitsFor.join(", ")}` : "";
        return finding(one, one.field, `${role}: ${one.field} of ${names(one)} is unknown${origin}.`);
      }),
  },
  note: {
    level: "note",
    text: "Something could not be read or checked.",
    marks: "note",
    lists: "`notes`",
    subject: "TEXT",
    found: ({ role, notes }) =>
      notes.map((note) => ({ subject: note, text: `${role}: ${note}.`, entries: [note], tasks: [] })),
  },
  "other-principal": {
    level: "warning",
    text: "The trust policy allows principals other than Amazon ECS.",
    marks: "TRUST",
    lists: "`principals`",
    subject: "PRINCIPAL",
    found: ({ role, principals }) =>
      principals.map((one) =>
        finding(one, one.principal, `The trust policy of ${role}, ${one.statement}, also allows ${one.principal}.`),
      ),
  },
  "dead-statement": {
    level: "warning",
    text: "A statement of the task execution role can never match a call.",
    marks: "DEAD",
    lists: "`dead`",
    subject: CALL,
    found: ({ role, dead }) =>
      dead.map((one) =>
        finding(one, on(one), `${role}: ${on(one)} (${statementName(one)}) never matches: ${one.why}.`),
      ),
  },
  "excess-permission": {
    level: "warning",
    text: "The task execution role allows more than its tasks need.",
    marks: "EXCESS",
    lists: "`excess`",
    subject: CALL,
    found: ({ role, excess }) =>
      excess.map((one) => {
        const why = `${one.why}, for example ${one.example.action}`;
        return finding(one, on(one), `${role} is allowed ${on(one)} (${statementName(one)}): ${why}.`);
      }),
  },
  "not-checked": {
    level: "warning",
    text: "The task execution role could not be checked.",
    marks: "could not be checked",
    lists: "`notChecked`",
    subject: "ROLE",
    found: (report) =>
      report.notChecked === undefined ? [] : [finding(report, report.role, `${report.role}: ${report.notChecked}.`)],
  },
};

/** Everything that is found about a role, by rule. */
export function findingsIn(report: RoleReport): Finding[] {
  return Object.entries(RULES).flatMap(([id, { found }]) => found(report).map((one) => ({ id, ...one })));
}
