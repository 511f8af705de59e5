import type { CheckedCall, RoleFindings } from "../findings/findings";

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

export const missingIn = ({ calls }: RoleReport): CheckedCall[] => calls.filter(({ allowed }) => !allowed);

/** The exit codes and when they apply, most severe first. */
const OUTCOMES: readonly (readonly [code: number, is: (report: RoleReport, strict: boolean) => boolean])[] = [
  [1, (report) => missingIn(report).length > 0 || report.absent.length > 0],
  [2, ({ notChecked }) => notChecked !== undefined],
  [3, (report, strict) => strict && (report.excess.length > 0 || conditionalIn(report).length > 0)],
];

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

/** The containers that need a call: `app (orders:3)`. */
export function usersOf({ tasks }: CheckedCall): string {
  return tasks.map(({ container, taskDefinition }) => `${container} (${taskDefinition})`).join(", ");
}

/** The short name of a policy. */
export function policyName(policy: string): string {
  return policy.replace(/^arn:.*:policy\//, "");
}
