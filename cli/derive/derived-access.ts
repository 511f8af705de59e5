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

export interface DerivedAccess {
  /** The `access` that grants what tasks need, with literal ARNs in each field. */
  readonly access: Access;
  /** The log groups that ECS creates. The switch in `access` applies to all log groups. */
  readonly created: readonly string[];
  readonly notes: readonly string[];
}

export async function accessFor(tasks: readonly Task[], keys: Keys): Promise<DerivedAccess> {
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
  const created = grants.filter(({ field }) => field === "createLogGroups").map(({ arn }) => arn);
  return { access, created: [...new Set(created)].sort(), notes: [...new Set([...notes, ...aboutSuffixes(access)])] };
}

/** The ARN in the account is not known. */
function aboutSuffixes({ secrets = [] }: Access): string[] {
  const open = secrets === true ? [] : secrets.filter((arn) => arn.endsWith("-??????"));
  return open.map((arn) => `The suffix of ${arn} is unknown; the pattern also matches a later secret of this name.`);
}
