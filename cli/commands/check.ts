import { writeFileSync } from "node:fs";
import { accountOf, nameIn } from "../arns";
import { ecsOfTheUser } from "../aws-calls/ecs";
import type { Lookups } from "../aws-calls/lookups/answers";
import { keysOfTheUser } from "../aws-calls/lookups/keys";
import { lookupsOfTheUser } from "../aws-calls/lookups/lookups";
import type { Roles, RoleWithPolicies } from "../aws-calls/policies";
import { iamOfTheUser, rolesOf } from "../aws-calls/role";
import type { Keys } from "../aws-calls/stored";
import { CouldNotCheck } from "../could-not-check";
import { absentResources } from "../findings/absent-resources";
import { checkPlannedRole } from "../findings/check-planned-role";
import { checkRole } from "../findings/check-role";
import { noRole } from "../findings/check-trust";
import { unknownValues } from "../findings/unknown-values";
import { needsOf } from "../needs/needs-of-task";
import type { Task } from "../needs/task";
import type { TaskWithRole } from "../needs/task-with-role";
import { exitCodeOf } from "../reports/exit-code";
import { ignoredIn, unmatched } from "../reports/ignored";
import { asJson } from "../reports/json";
import type { RoleReport } from "../reports/report";
import { asSarif } from "../reports/sarif";
import { asTables } from "../reports/table/table";
import { byRole, findTasks } from "../sources/sources";
import { endProgress, print, printable, progress } from "../terminal";
import type { Arguments } from "./command";

/** Compares what tasks need with what their execution roles allow. */
export async function run({ values }: Arguments): Promise<number> {
  const ignored = ignoredIn([values.ignore ?? []].flat().map(String));
  const found = await findTasks(values, ecsOfTheUser());
  if (found.length === 0) {
    return nothingToCheck(values);
  }
  const account = { roles: rolesOf(await iamOfTheUser()), keys: keysOfTheUser(), lookups: lookupsOfTheUser() };
  const groups = byRole(found);
  let checked = 0;
  const reports = await Promise.all(
    groups.map(async (group) => {
      const report = await withAbsent(group, account);
      checked += 1;
      progress(`Checked ${checked} of ${groups.length} roles`);
      return { ...report, ignored };
    }),
  );
  endProgress();
  if (values.sarif) {
    const files = new Map(found.flatMap(({ task, file }) => (file ? [[task.name, file]] : [])));
    write(String(values.sarif), asSarif(reports, files));
  }
  if (values.json) {
    print(asJson(reports));
  } else {
    console.log(asTables(reports, values.verbose === true));
  }
  for (const one of unmatched(ignored, reports)) {
    // On standard error, because standard output can be JSON.
    console.error(printable(`Warning: --ignore ${one} does not match any findings.`));
  }
  return exitCodeOf(reports, values.strict === true);
}

/** A plan can have no task definition. */
function nothingToCheck(values: Arguments["values"]): number {
  if (values.sarif) {
    write(String(values.sarif), asSarif([]));
  }
  print(values.json ? asJson([]) : "The plan has no aws_ecs_task_definition, so there is nothing to check.");
  return 0;
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new CouldNotCheck(`${file} cannot be written (${(error as Error).message})`);
  }
}

interface Account {
  readonly roles: Roles;
  readonly keys: Keys;
  readonly lookups: Lookups;
}

/** What exists is looked up while the role is read. If the role cannot be checked, it may not be in this account. */
async function withAbsent(found: readonly [TaskWithRole, ...TaskWithRole[]], account: Account): Promise<RoleReport> {
  const tasks = found.map(({ task }) => task);
  const [report, { absent, notes }] = await Promise.all([
    reportOn(found, account),
    absentResources(tasks, account.lookups, account.keys),
  ]);
  return report.notChecked === undefined ? { ...report, absent, notes: [...report.notes, ...notes] } : report;
}

/** On EC2, the agent can pull images and write logs with the instance role, which is not checked. */
async function withoutRole(tasks: readonly Task[], keys: Keys): Promise<Pick<RoleReport, "notes" | "notChecked">> {
  const needs = await Promise.all(tasks.map((task) => needsOf(task, keys)));
  const [first] = needs.flatMap(({ calls }) => calls);
  const none = "the task definition has no execution role";
  const notes = needs.flatMap((one) => one.notes);
  return first
    ? { notes, notChecked: `${none}, but the task needs ${first.action}; set executionRoleArn` }
    : { notes: [none, ...notes] };
}

/** @param found the task definitions of one role. */
async function reportOn(found: readonly [TaskWithRole, ...TaskWithRole[]], account: Account): Promise<RoleReport> {
  const [{ roleArn, isRoleUnknown = false, notChecked }] = found;
  const tasks = found.map(({ task }) => task);
  const isKnown = notChecked === undefined && !isRoleUnknown;
  const report: RoleReport = {
    role: roleArn ?? (isKnown ? "none" : "unknown"),
    taskDefinitions: tasks.map(({ name, services }) => ({ name, services })),
    unknown: unknownValues(tasks),
    calls: [],
    excess: [],
    principals: [],
    dead: [],
    absent: [],
    notes: [],
  };
  try {
    const findings = await findingsOn(found, tasks, account);
    return { ...report, ...findings, unknown: [...report.unknown, ...(findings.unknown ?? [])] };
  } catch (error) {
    if (error instanceof CouldNotCheck) {
      return { ...report, notChecked: error.message };
    }
    throw error;
  }
}

async function findingsOn(
  [{ roleArn, isRoleUnknown, planned, adjusted, notChecked }]: readonly [TaskWithRole, ...TaskWithRole[]],
  tasks: readonly Task[],
  { roles, keys, lookups }: Account,
): Promise<Partial<RoleReport>> {
  const check = (role: RoleWithPolicies) => checkRole(role, tasks, keys, lookups.policy);
  if (notChecked !== undefined) {
    return { notChecked };
  }
  if (isRoleUnknown) {
    return {};
  }
  if (roleArn === undefined) {
    return withoutRole(tasks, keys);
  }
  if (planned) {
    return checkPlannedRole(await planned(roles), tasks, check);
  }
  const role = await roles.named(nameIn(roleArn));
  if (role?.arn === roleArn) {
    return adjusted ? checkPlannedRole(await adjusted(role, roles), tasks, check) : check(role);
  }
  const accounts = [...(role ? [accountOf(role.arn)] : []), ...tasks.map(({ location: { account } }) => account)];
  const isForeign = accounts.some((account) => account !== accountOf(roleArn));
  return isForeign ? { notChecked: "the role is in another account" } : { calls: [noRole(roleArn, tasks)] };
}
