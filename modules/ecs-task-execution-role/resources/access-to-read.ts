import type { TaskExecutionAccess } from "../inputs/access";
import { type GrantField, LIST_FIELD_NAMES, type ListFieldName, SWITCHES } from "../permissions/access-fields";
import { type FormatName, type Kind, keysWith, VALUE_FORMATS } from "../permissions/container-fields";
import { DERIVATIONS } from "../permissions/container-grants";
import { snakeCase } from "../permissions/facts";
import type { Permission } from "../permissions/permissions";
import { fieldsOf } from "../synth/access-statements";
import type { Containers } from "../synth/read-containers";
import { asList, isObject } from "../unknown";
import { inTerraform } from "./tokens";

/**
 * The part of `access` that `modules/access` reads to write these statements, as Terraform spells it.
 *
 * @param permissions the statements that depend on unknown values.
 * @param unchecked the formats that only Terraform can check.
 */
export function accessToRead(
  access: TaskExecutionAccess,
  containers: Containers,
  permissions: readonly Permission[],
  unchecked: readonly FormatName[],
): object {
  const fields = new Set(permissions.flatMap(fieldsOf).flatMap((field) => [field, DERIVED_FROM[field] ?? field]));
  const given = [...LIST_FIELD_NAMES, ...SWITCHES].filter((field) => access[field] && fields.has(field));
  const derivations = DERIVATIONS.filter(({ grants }) => fields.has(grants));
  const formats = unchecked.map((name) => VALUE_FORMATS[name]);
  const definitions = definitionsToRead(containers, new Set([...derivations, ...formats].map(({ kind }) => kind)));
  return {
    ...Object.fromEntries(
      given.map((field) => [snakeCase(field), access[field] === true || asList(access[field]).map(inTerraform)]),
    ),
    ...(definitions.length > 0 && { container_definitions: definitions }),
  };
}

const DERIVED_FROM: Partial<Record<GrantField, ListFieldName>> = {
  createLogGroups: "logGroups",
  referencedSecrets: "parameters",
};

function definitionsToRead({ containers, sizes }: Containers, kinds: ReadonlySet<Kind>): unknown[] {
  const keys = new Set(keysWith(kinds));
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
