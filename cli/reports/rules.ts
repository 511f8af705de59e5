import type { CheckedCall } from "../findings/findings";
import { aboutCall, callsOn, conditionalIn, policyName, type RoleReport, refusedIn, usersOf } from "./report";

export interface Finding {
  /** The ID of its rule. */
  readonly id: string;
  /** What it is about, the same in every run. `--ignore` can name it. */
  readonly subject: string;
  /** The finding in one sentence. */
  readonly text: string;
  /** What stands for it in the report. */
  readonly entries: readonly object[];
  readonly tasks: CheckedCall["tasks"];
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

const names = (of: Parameters<typeof usersOf>[0]) => usersOf(of).join(", ");

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
      refusedIn(report).map((call) => {
        const what = call.why === undefined ? "is denied" : "fails at";
        const text = `${report.role} ${what} ${on(call)}, which ${names(call)} needs (${aboutCall(call)}).`;
        return { subject: on(call), text, entries: [call], tasks: call.tasks };
      }),
  },
  "conditional-permission": {
    level: "note",
    text: "The task execution role is allowed a needed call only under conditions that cannot be checked.",
    marks: "CONDITIONAL",
    lists: "`allowed`",
    subject: CALL,
    found: (report) =>
      conditionalIn(report).map((call) => {
        const text = `${report.role} is allowed ${on(call)}, which ${names(call)} needs, only with ${call.onlyWith}.`;
        return { subject: on(call), text, entries: [call], tasks: call.tasks };
      }),
  },
  "absent-resource": {
    level: "error",
    text: "Something that a task names does not exist.",
    marks: "FAILS",
    lists: "`absent`, `missing`",
    subject: "NAME",
    found: (report) =>
      report.absent.map((one) => ({
        subject: one.name,
        text: `The ${one.kind} ${one.name}, which ${names(one)} needs: ${one.why}.`,
        entries: [one, ...callsOn(one, report)],
        tasks: one.tasks,
      })),
  },
  "unknown-value": {
    level: "note",
    text: "A value that the check needs is not known.",
    marks: "UNKNOWN",
    lists: "`unknown`",
    subject: "FIELD",
    found: ({ role, unknown }) =>
      unknown.map((one) => {
        const origin = one.waitsFor.length > 0 ? `; it waits for ${one.waitsFor.join(", ")}` : "";
        const text = `${role}: ${one.field} of ${names(one)} is not known${origin}.`;
        return { subject: one.field, text, entries: [one], tasks: one.tasks };
      }),
  },
  "other-principal": {
    level: "warning",
    text: "The trust policy allows principals other than Amazon ECS.",
    marks: "TRUST",
    lists: "`principals`",
    subject: "PRINCIPAL",
    found: ({ role, principals }) =>
      principals.map((one) => ({
        subject: one.principal,
        text: `The trust policy of ${role}, ${one.statement}, also allows ${one.principal}.`,
        entries: [one],
        tasks: [],
      })),
  },
  "dead-statement": {
    level: "warning",
    text: "A statement of the task execution role can never match a call.",
    marks: "DEAD",
    lists: "`dead`",
    subject: CALL,
    found: ({ role, dead }) =>
      dead.map((one) => ({
        subject: on(one),
        text: `${role}: ${on(one)} (${policyName(one.policy)}, ${one.statement}) never matches: ${one.why}.`,
        entries: [one],
        tasks: [],
      })),
  },
  "excess-permission": {
    level: "warning",
    text: "The task execution role allows more than its tasks need.",
    marks: "EXCESS",
    lists: "`excess`",
    subject: CALL,
    found: ({ role, excess }) =>
      excess.map((one) => {
        const where = `${policyName(one.policy)}, ${one.statement}`;
        const text = `${role} is allowed ${on(one)} (${where}): ${one.why}, for example ${one.example.action}.`;
        return { subject: on(one), text, entries: [one], tasks: [] };
      }),
  },
  "not-checked": {
    level: "warning",
    text: "The task execution role could not be checked.",
    marks: "could not be checked",
    lists: "`notChecked`",
    subject: "ROLE",
    found: (report) =>
      report.notChecked === undefined
        ? []
        : [{ subject: report.role, text: `${report.role}: ${report.notChecked}.`, entries: [report], tasks: [] }],
  },
};

/** Everything that is found about a role, by rule. */
export function findingsIn(report: RoleReport): Finding[] {
  return Object.entries(RULES).flatMap(([id, { found }]) => found(report).map((one) => ({ id, ...one })));
}
