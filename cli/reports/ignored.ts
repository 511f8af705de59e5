import { WrongUsage } from "../could-not-check";
import type { Ignored, RoleReport } from "./report";
import { type Finding, findingsIn, RULES } from "./rules";

/** What `--ignore` names: a rule, or one of its findings. */
export function ignoredIn(texts: readonly string[]): Ignored[] {
  return texts.map((text) => {
    const [, id = "", name] = text.match(/^([^=]*)(?:=(.+))?$/s) ?? [];
    if (!Object.hasOwn(RULES, id)) {
      throw new WrongUsage(`--ignore must be ID or ID=NAME, not ${text}; the IDs are ${Object.keys(RULES).join(", ")}`);
    }
    return { id, ...(name !== undefined && { name }) };
  });
}

/** Whether the user named all findings of its rule, or it, its action, its resource or its role. */
function isNamed({ id, subject }: Finding, role: string, ignored: Ignored): boolean {
  const names = [role, subject, ...subject.split(" on ")];
  return ignored.id === id && (ignored.name === undefined || names.includes(ignored.name));
}

export function isSuppressed(finding: Finding, { role, ignored = [] }: RoleReport): boolean {
  return ignored.some((one) => isNamed(finding, role, one));
}

/** The values of `--ignore` that match no findings: misspelled, or about something that has been fixed. */
export function unmatched(ignored: readonly Ignored[], reports: readonly RoleReport[]): string[] {
  const found = reports.flatMap((report) => findingsIn(report).map((finding) => ({ finding, role: report.role })));
  return ignored
    .filter((one) => !found.some(({ finding, role }) => isNamed(finding, role, one)))
    .map(({ id, name }) => (name === undefined ? id : `${id}=${name}`));
}

export function suppressedIn(report: RoleReport): Finding[] {
  return findingsIn(report).filter((one) => isSuppressed(one, report));
}

/** A report without what is suppressed. */
export function withoutSuppressed(report: RoleReport): RoleReport {
  const suppressed = new Set(suppressedIn(report).flatMap(({ entries }) => entries));
  const left = <T extends object | string>(all: readonly T[]) => all.filter((one) => !suppressed.has(one));
  return {
    ...report,
    calls: left(report.calls),
    excess: left(report.excess),
    principals: left(report.principals),
    dead: left(report.dead),
    absent: left(report.absent),
    unknown: left(report.unknown),
    notes: left(report.notes),
    ...(suppressed.has(report) && { notChecked: undefined }),
  };
}
