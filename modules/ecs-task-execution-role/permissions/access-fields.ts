import type { TaskExecutionAccess } from "../inputs/access";
import { ACCESS_FACTS, type FactRow, type Format, format, inCamelCase, type Wording, wording } from "./facts";

/** The format of the elements of a list in `access`. Names in ARNs can contain wildcards. */
export interface ListField extends Format, Wording {
  /** The form to write, for documentation. */
  readonly form: string;
}

export const SWITCHES = ["guardDutyAgent", "createLogGroups"] as const;

export type Switch = (typeof SWITCHES)[number];

export type ListFieldName = Exclude<keyof TaskExecutionAccess, Switch | "containerDefinitions">;

const ROWS: Readonly<Record<ListFieldName, FactRow>> = inCamelCase(ACCESS_FACTS.lists);

/** The lists of `access`. */
export const LIST_FIELDS = Object.fromEntries(
  Object.entries(ROWS).map(([field, row]): [string, ListField] => [
    field,
    { ...format(row), ...wording(row), form: row.fix.match(/"(.+?)"/)?.[1] ?? "" },
  ]),
) as Readonly<Record<ListFieldName, ListField>>;

export const LIST_FIELD_NAMES = Object.keys(LIST_FIELDS) as ListFieldName[];

/**
 * A list of `access`, or a list derived from `access`: for a switch, the repository of the GuardDuty agent or the log
 * groups that ECS can also create; and the parameters that refer to a secret, which ECS reads through them.
 */
export type GrantField = ListFieldName | Switch | "referencedSecrets";

export const GRANT_FIELDS: readonly GrantField[] = [...LIST_FIELD_NAMES, ...SWITCHES, "referencedSecrets"];

/** Values by the field that grants them. */
export type Grants = Readonly<Record<GrantField, readonly string[]>>;

/**
 * Matches parameters that refer to a Secrets Manager secret in the same Region and account.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html
 */
export const SECRET_REFERENCE = /:parameter\/+aws\/reference\/secretsmanager\//;
