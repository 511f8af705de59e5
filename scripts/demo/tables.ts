import type { Compared } from "./compared-roles";

const SHOWN = 8;

/** The statements of the policy, with two lines each. */
export function policyTable({ statements }: Compared): string {
  return statements
    .map(({ sid, actions, resources }) => `${sid.padEnd(WIDTH)}${actions}\n${" ".repeat(WIDTH)}on ${resources}`)
    .join("\n");
}

const WIDTH = 16;

/** What the broad role is allowed beyond what the task needs, and what it lacks. */
export function differenceTable(
  broadRole: string,
  { executionRole, needed, onlyBroad, deniedToBroad }: Compared,
): string {
  const width = Math.max(...onlyBroad.slice(0, SHOWN).map(({ action }) => action.length)) + 2;
  return [
    `${executionRole}: allowed the ${needed} calls that its task needs, and no other.`,
    `${broadRole}: also allowed ${onlyBroad.length} kinds of calls that the task does not need:`,
    ...onlyBroad.slice(0, SHOWN).map(({ action, resource }) => `  ${action.padEnd(width)}${resource}`),
    `  ... and ${onlyBroad.length - SHOWN} more`,
    ...deniedToBroad.map(({ action, resource }) => `It is denied a call that the task needs: ${action} on ${resource}`),
  ].join("\n");
}
