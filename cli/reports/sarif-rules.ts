import { aboutCall, conditionalIn, policyName, type RoleReport, refusedIn, usersOf } from "./report";

interface Rule {
  readonly level: "error" | "warning" | "note";
  /** What the rule is about. */
  readonly text: string;
  /** What is said about each finding in a role. */
  readonly found: (report: RoleReport) => readonly string[];
}

const names = (of: Parameters<typeof usersOf>[0]) => usersOf(of).join(", ");

/** The rules of a SARIF file, by ID. */
export const RULES: Readonly<Record<string, Rule>> = {
  "missing-permission": {
    level: "error",
    text: "The task execution role lacks a permission that Amazon ECS needs to start the task.",
    found: (report) =>
      refusedIn(report).map((call) => {
        const what = call.why === undefined ? "is denied" : "fails at";
        return `${report.role} ${what} ${call.action} on ${call.resource}, which ${names(call)} needs (${aboutCall(call)}).`;
      }),
  },
  "conditional-permission": {
    level: "note",
    text: "The task execution role is allowed a needed call only under conditions that cannot be checked.",
    found: (report) =>
      conditionalIn(report).map(
        (call) =>
          `${report.role} is allowed ${call.action} on ${call.resource}, which ${names(call)} needs, only with ${call.onlyWith}.`,
      ),
  },
  "absent-resource": {
    level: "error",
    text: "Something that a task names does not exist.",
    found: ({ absent }) => absent.map((one) => `The ${one.kind} ${one.name}, which ${names(one)} needs: ${one.why}.`),
  },
  "unknown-value": {
    level: "note",
    text: "A value that the check needs is not known.",
    found: ({ role, unknown }) =>
      unknown.map((one) => {
        const origin = one.waitsFor.length > 0 ? `; it waits for ${one.waitsFor.join(", ")}` : "";
        return `${role}: ${one.field} of ${names(one)} is not known${origin}.`;
      }),
  },
  "other-principal": {
    level: "warning",
    text: "The trust policy allows principals other than Amazon ECS.",
    found: ({ role, principals }) =>
      principals.map((one) => `The trust policy of ${role}, ${one.statement}, also allows ${one.principal}.`),
  },
  "dead-statement": {
    level: "warning",
    text: "A statement of the task execution role can never match a call.",
    found: ({ role, dead }) =>
      dead.map(
        ({ policy, statement, action, resource, why }) =>
          `${role}: ${action} on ${resource} (${policyName(policy)}, ${statement}) never matches: ${why}.`,
      ),
  },
  "excess-permission": {
    level: "warning",
    text: "The task execution role allows more than its tasks need.",
    found: ({ role, excess }) =>
      excess.map(
        ({ policy, statement, action, resource, why, example }) =>
          `${role} is allowed ${action} on ${resource} (${policyName(policy)}, ${statement}): ${why}, for example ${example.action}.`,
      ),
  },
  "not-checked": {
    level: "warning",
    text: "The task execution role could not be checked.",
    found: ({ role, notChecked }) => (notChecked === undefined ? [] : [`${role}: ${notChecked}.`]),
  },
};
