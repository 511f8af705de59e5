import type { Keys, Stored } from "../account/stored";
import { matches, patternOf } from "../findings/operators/globs";
import { describeStored } from "../needs/decryption";
import { type Grant, grantsOfTask } from "../needs/grants";
import type { Task } from "../needs/task";

/** The fields of `access` and their values. */
export type Access = Readonly<Record<string, readonly string[] | true>>;

/** How a grant is written: a secret without its JSON key, and any other ARN unchanged. */
const WRITTEN: Readonly<Record<string, (grant: Grant, stored?: Stored) => readonly string[] | true>> = {
  createLogGroups: () => true,
  secrets: ({ statements }, { arn = "" } = NOT_STORED) => {
    const patterns = statements.flatMap(({ resources }) => resources);
    // A name that ends like a suffix was mistaken for a full ARN.
    return arn === "" || patterns.some((one) => matches(patternOf(one), arn))
      ? patterns
      : [arn.replace(/.{6}$/, "??????")];
  },
};

const NOT_STORED: Stored = { exists: false };

/** The `access` that grants what tasks need, with literal ARNs in each field. */
export async function accessFor(tasks: readonly Task[], keys: Keys): Promise<{ access: Access; notes: string[] }> {
  const each = await Promise.all(
    tasks.map(async (task) => {
      const grants = grantsOfTask(task);
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
  return { access, notes: [...new Set([...notes, ...aboutCreating(grants)])] };
}

/** The switch applies to all log groups of the role. */
function aboutCreating(grants: readonly Grant[]): string[] {
  const groups = (field: string) => [...new Set(grants.filter((one) => one.field === field).map(({ arn }) => arn))];
  const created = groups("createLogGroups");
  return created.length === 0 || created.length === groups("logGroups").length
    ? []
    : [`createLogGroups applies to all log groups of the role; the tasks need it only for ${created.join(", ")}.`];
}
