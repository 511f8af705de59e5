import { matches, patternOf } from "../evaluation/operators/globs";
import type { AbsentResource, CheckedCall, RoleFindings } from "../findings/findings";

/** The findings of a rule, or those of them that have a name. */
export interface Ignored {
  readonly id: string;
  readonly name?: string;
}

/** The findings for one role and its tasks. */
export interface RoleReport extends RoleFindings {
  /** Its ARN, or its address in a plan. */
  readonly role: string;
  readonly taskDefinitions: readonly { readonly name: string; readonly services: readonly string[] }[];
  /** Why it could not be checked. */
  readonly notChecked?: string;
  /** What the user told the command to ignore. */
  readonly ignored?: readonly Ignored[];
}

/** The calls that are allowed only under a condition that the command cannot check. */
export const conditionalCalls = ({ calls }: RoleReport): CheckedCall[] =>
  calls.filter(({ allowed, onlyWith }) => allowed && onlyWith !== undefined);

/** The calls that are allowed whatever the command cannot know. */
export const okCalls = ({ calls }: RoleReport): CheckedCall[] =>
  calls.filter(({ allowed, onlyWith }) => allowed && onlyWith === undefined);

export const missingCalls = ({ calls }: RoleReport): CheckedCall[] => calls.filter(({ allowed }) => !allowed);

/** The missing calls, except on something that is absent, which is a finding of its own. */
export function deniedOrFailing(report: RoleReport): CheckedCall[] {
  const onAbsent = report.absent.flatMap((one) => callsOn(one, report));
  return missingCalls(report).filter((call) => !onAbsent.includes(call));
}

/** The missing calls on something that is absent, which only fail because of that. */
export function callsOn({ name, why: absence }: AbsentResource, report: RoleReport): CheckedCall[] {
  const pattern = patternOf(name);
  return missingCalls(report).filter(({ why, resource }) => why === absence && matches(pattern, resource));
}

/** The tasks that will not start. */
export function failingTasks(report: RoleReport): string[] {
  const tasks = [...missingCalls(report), ...report.absent].flatMap((one) => one.tasks);
  return [...new Set(tasks.map(({ taskDefinition }) => taskDefinition))];
}

/** The containers that need something: `app (orders:3)`. */
export function usersOf({ tasks }: Pick<CheckedCall, "tasks">): string[] {
  return tasks.map(({ container, taskDefinition }) => `${container} (${taskDefinition})`);
}

/** Why a call is denied or fails and what grants it, or the condition under which it is allowed. */
export function aboutCall({ allowed, onlyWith, why, deniedBy, field }: CheckedCall): string | undefined {
  if (allowed) {
    return onlyWith && `allowed only with ${onlyWith}`;
  }
  const fix = `${deniedBy === undefined ? "" : "without that, "}access.${field} grants it`;
  return [why, deniedBy && `denied by ${deniedBy}`, why === undefined && fix].filter(Boolean).join("; ");
}

/** A statement with the short name of its policy. */
export function statementName({ policy, statement }: { readonly policy: string; readonly statement: string }): string {
  return `${policy.replace(/^arn:.*:policy\//, "")}, ${statement}`;
}
