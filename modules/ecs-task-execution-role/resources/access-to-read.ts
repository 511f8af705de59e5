import { type GrantField, LIST_FIELD_NAMES, type ListFieldName, type Switch } from "../aws/access-fields";
import { CONTAINER_FIELDS } from "../aws/container-fields";
import { DERIVATIONS } from "../aws/container-grants";
import { snakeCase } from "../aws/facts";
import type { Permission } from "../aws/permissions";
import type { TaskExecutionAccess } from "../inputs/access";
import { fieldsOf } from "../synth/access-statements";
import type { Containers } from "../synth/read-containers";
import { isObject } from "../synth/read-definitions";
import { asList } from "../unknown";
import { inTerraform } from "./tokens";

/**
 * The part of `access` that `modules/access` reads to write these statements, as Terraform spells it.
 *
 * @param permissions the statements that depend on unknown values.
 */
export function accessToRead(
  access: TaskExecutionAccess,
  containers: Containers,
  permissions: readonly Permission[],
): object {
  const fields = new Set<GrantField>(
    permissions.flatMap(fieldsOf).flatMap((field) => [field, MADE_OF[field] ?? field]),
  );
  const switches: Readonly<Record<Switch, boolean>> = {
    guardDutyAgent: permissions.some(({ givenBy }) => givenBy.includes("guardDutyAgent")),
    createLogGroups: fields.has("logGroupsToCreate"),
  };
  const lists = LIST_FIELD_NAMES.filter((field) => access[field] && fields.has(field));
  const on = Object.entries(switches).filter(([field, isPart]) => isPart && access[field as Switch]);
  const definitions = definitionsToRead(containers, fields);
  return {
    ...Object.fromEntries(lists.map((field) => [snakeCase(field), asList(access[field]).map(inTerraform)])),
    ...Object.fromEntries(on.map(([field]) => [snakeCase(field), true])),
    ...(definitions.length > 0 && { container_definitions: definitions }),
  };
}

/** For fields that are not lists of `access`, the list that they are derived from. */
const MADE_OF: Partial<Record<GrantField, ListFieldName>> = {
  logGroupsToCreate: "logGroups",
  referencedSecrets: "parameters",
};

function definitionsToRead({ containers, sizes, unknown }: Containers, fields: ReadonlySet<GrantField>): unknown[] {
  const kinds = new Set(DERIVATIONS.filter(({ gives }) => fields.has(gives)).map(({ kind }) => kind));
  const read = CONTAINER_FIELDS.filter(({ kind }) => kinds.has(kind) || unknown.has(kind));
  const keys = new Set(read.map(({ path }) => path.slice(0, path.search(/[.[]|$/))));
  const ends = sizes.map((_, at) => sizes.slice(0, at + 1).reduce((sum, size) => sum + size, 0));
  const tasks = sizes
    .map((size, at) => containers.slice((ends[at] ?? 0) - size, ends[at]).flatMap((one) => containerToRead(one, keys)))
    .filter((task) => task.length > 0);
  // Each task definition on its own, because the number of its containers is limited.
  return tasks.length === 1
    ? tasks.flat()
    : tasks.flatMap((task) => (task.every(isObject) ? { containerDefinitions: task } : task));
}

function containerToRead(container: unknown, keys: ReadonlySet<string>): unknown[] {
  if (!isObject(container)) {
    return [inTerraform(container)];
  }
  const entries = Object.entries(container);
  return entries.some(([key]) => keys.has(key))
    ? [inTerraform(Object.fromEntries(entries.filter(([key]) => keys.has(key) || key === "name" || key === "image")))]
    : [];
}
