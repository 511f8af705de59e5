import type { Keys, Stored } from "../aws-calls/stored";
import { describeStored } from "../needs/decryption";
import type { Task } from "../needs/task";
import { type Grant, taskGrants } from "../needs/task-grants";

/** The fields of `access` and their values. */
export type Access = Readonly<Record<string, readonly string[] | true>>;

/** How a grant is written: a secret with its suffix and without its JSON key, and any other ARN unchanged. */
const WRITTEN: Readonly<Record<string, (grant: Grant, stored?: Stored) => readonly string[] | true>> = {
  createLogGroups: () => true,
  secrets: ({ statements }, stored) => (stored?.arn ? [stored.arn] : statements.flatMap(({ resources }) => resources)),
};

/** The `access` that grants what tasks need, with literal ARNs in each field. */
export async function accessFor(tasks: readonly Task[], keys: Keys): Promise<{ access: Access; notes: string[] }> {
  const each = await Promise.all(
    tasks.map(async (task) => {
      const grants = taskGrants(task);
      return { grants, stored: await describeStored(grants, keys, task.location) };
    }),
  );
  const stored = each.flatMap((one) => one.stored);
  const grants = [...each.flatMap((one) => one.grants), ...stored.flatMap(({ decrypts }) => decrypts ?? [])];
  const access: Record<string, readonly string[] | true> = {};
  for (const grant of grants) {
    const found = stored.find(({ of }) => of === grant)?.stored;
    const written = WRITTEN[grant.field]?.(grant, found) ?? [grant.arn];
    const before = access[grant.field] ?? [];
    access[grant.field] = written === true || before === true ? true : [...new Set([...before, ...written])].sort();
  }
  const notes = stored.flatMap(({ of, stored: { exists, unknown } }) =>
    exists ? (unknown ?? []) : `${of.arn} does not exist; its KMS key is unknown`,
  );
  return { access, notes: [...new Set([...notes, ...aboutSuffixes(access), ...aboutCreating(grants)])] };
}

/** The ARN in the account is not known. */
function aboutSuffixes({ secrets = [] }: Access): string[] {
  const open = secrets === true ? [] : secrets.filter((arn) => arn.endsWith("-??????"));
  return open.map((arn) => `The suffix of ${arn} is unknown; the pattern also matches a later secret of this name.`);
}

/** The switch applies to all log groups of the role. */
function aboutCreating(grants: readonly Grant[]): string[] {
  const groups = (field: string) => [...new Set(grants.filter((one) => one.field === field).map(({ arn }) => arn))];
  const created = groups("createLogGroups");
  return created.length === 0 || created.length === groups("logGroups").length
    ? []
    : [`createLogGroups applies to all log groups of the role; the tasks need it only for ${created.join(", ")}.`];
}
