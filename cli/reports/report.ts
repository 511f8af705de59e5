import type { CheckedCall, RoleFindings } from "../findings/findings";
import { matches, patternOf } from "../findings/operators/globs";

/** The findings for one role and its tasks. */
export interface RoleReport extends RoleFindings {
  /** Its ARN, or its address in a plan. */
  readonly role: string;
  readonly taskDefinitions: readonly { readonly name: string; readonly services: readonly string[] }[];
  /** Why it could not be checked. */
  readonly notChecked?: string;
}

/** The calls that are allowed only under a condition that the command cannot check. */
export const conditionalIn = ({ calls }: RoleReport): CheckedCall[] =>
  calls.filter(({ allowed, onlyWith }) => allowed && onlyWith !== undefined);

/** The calls that are allowed whatever the command cannot know. */
export const fineIn = ({ calls }: RoleReport): CheckedCall[] =>
  calls.filter(({ allowed, onlyWith }) => allowed && onlyWith === undefined);

export const missingIn = ({ calls }: RoleReport): CheckedCall[] => calls.filter(({ allowed }) => !allowed);

/** The missing calls, except on something that is absent, which is a finding of its own. */
export function refusedIn(report: RoleReport): CheckedCall[] {
  const absent = report.absent.map(({ name }) => patternOf(name));
  return missingIn(report).filter(
    ({ why, resource }) => why === undefined || !absent.some((name) => matches(name, resource)),
  );
}

/** The tasks that will not start. */
export function failingTasks(report: RoleReport): string[] {
  const tasks = [...missingIn(report), ...report.absent].flatMap((one) => one.tasks);
  return [...new Set(tasks.map(({ taskDefinition }) => taskDefinition))];
}

/** The exit codes and when they apply, most severe first. */
const OUTCOMES: readonly (readonly [code: number, is: (report: RoleReport, strict: boolean) => boolean])[] = [
  [1, (report) => missingIn(report).length > 0 || report.absent.length > 0],
  [2, ({ notChecked }) => notChecked !== undefined],
  [3, (report, strict) => strict && hasStrictFindings(report)],
];

function hasStrictFindings(report: RoleReport): boolean {
  return [report.excess, report.principals, report.dead, conditionalIn(report)].some((found) => found.length > 0);
}

export function exitCodeOf(reports: readonly RoleReport[], strict: boolean): number {
  return OUTCOMES.find(([, is]) => reports.some((report) => is(report, strict)))?.[0] ?? 0;
}

/** The report for scripts. */
export function asJson(reports: readonly RoleReport[]): string {
  const roles = reports.map(({ calls, ...report }) => ({
    ...report,
    missing: calls.filter(({ allowed }) => !allowed),
    allowed: calls.filter(({ allowed }) => allowed),
  }));
  return JSON.stringify({ roles }, null, 2);
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

/** The short name of a policy. */
export function policyName(policy: string): string {
  return policy.replace(/^arn:.*:policy\//, "");
}
