import {
  CONTAINER_FIELDS,
  type ContainerField,
  type Kind,
  SHAPES,
  type Shape,
  type ValueFormat,
} from "../aws/container-fields";
import { conformsInTerraform, matchesInTerraform, quoted } from "./language";

/*
 * `synth/containers.ts` and `synth/grants.ts` as Terraform expressions, for container definitions that are unknown at
 * synth.
 */

/** The list of all values of a kind in a list of containers. */
export function valuesInTerraform(kind: Kind, containers: string): string {
  return valuesOfFields(fieldsOf(kind), containers);
}

/** The same for some fields. A value that is itself a list is not flattened, so that every rule rejects it. */
export function valuesOfFields(fields: readonly ContainerField[], containers: string): string {
  return `concat([], [for container in ${containers} : ${concat(...fields.map(valuesOfContainer))}]...)`;
}

/** The values of one kind that do not match the format, each with its container and path. */
export function offendersInTerraform(kind: Kind, format: ValueFormat, containers: string): string {
  const lists = fieldsOf(kind).map((field) => offendersOfField(field, format, containers));
  return `flatten([${lists.join(", ")}])`;
}

/** The same for one field, as a list of lists. */
export function offendersOfField(field: ContainerField, format: ValueFormat, containers: string): string {
  const [list, item] = stepsOf(field);
  const path = item === undefined ? list : `${list}[\${at}]${item}`;
  const offender = `"${NAME}: ${path}: \${${excerpt("value")}}"`;
  const values =
    item === undefined
      ? `[for value in ${valuesOfContainer(field)} : ${offender} if !${isGood(format)}]`
      : `[for at, value in ${itemsOf(list, item)} : ${offender} if ${[...conditionsOf(field), `!${isGood(format)}`].join(" && ")}]`;
  return `[for index, container in ${containers} : ${values}]`;
}

/** The beginning of a value, so that no error shows a long string in full. */
export function excerpt(value: string): string {
  return `try(substr(jsonencode(${value}), 0, 80), "?")`;
}

/** Whether `value` matches the format. Numbers do not, although Terraform would convert them to strings. */
export function isGood({ where, ...format }: ValueFormat): string {
  const good = conformsInTerraform(format, "value");
  return `try(value == tostring(value) && ${where ? `(!${matchesInTerraform(where, "lower(value)")} || ${good})` : good}, false)`;
}

/** Types and keys that differ from those of the ECS API, each with its container and path. */
export function misshapenInTerraform(containers: string, shapes: readonly Shape[] = SHAPES): string {
  return `flatten([for index, container in ${containers} : [${shapes.map(misshapen).join(", ")}]])`;
}

function misshapen(shape: Shape): string {
  const { path, is, keys, what, onlyWhen } = shape;
  const [list, item] = path.split("[]");
  const node = path === "" ? "container" : `try(container.${list}, null)`;
  if (item !== undefined) {
    const items = itemsIn(list ?? "");
    const at = `${list}[\${at}]`;
    const notObject = `[for at, item in ${items} : "${NAME}: ${at}: not ${what}" if !can(keys(item))]`;
    return `${notObject}, [for at, item in ${items} : ${misspelt(keys, "try(keys(item), [])", `${at}.`)}]`;
  }
  const isWrong = is === "object" ? "!can(keys(node))" : "!can(slice(node, 0, length(node)))";
  const wrong = `[for node in [${node}] : "${NAME}: ${path}: not ${what}" if node != null && ${isWrong}]`;
  const conditions = conditionsOf({ onlyWhen });
  const keysOfNode = `[for key in try(keys(${node}), []) : key${conditions.length > 0 ? ` if ${conditions.join(" && ")}` : ""}]`;
  return is === "list" ? wrong : `${wrong}, ${misspelt(keys, keysOfNode, path && `${path}.`)}`;
}

/** Keys that are almost right: they differ only in case, hyphens, underscores or a final s. */
function misspelt(keys: readonly string[], keysOfNode: string, before: string): string {
  const plain = (key: string) => `trimsuffix(replace(replace(lower(${key}), "_", ""), "-", ""), "s")`;
  return (
    `[for key in ${keysOfNode} : [for right in ${JSON.stringify(keys)} : "${NAME}: ${before}\${key}: must be spelled \${right}" ` +
    `if ${plain("right")} == ${plain("key")} && right != key]]`
  );
}

function itemsIn(list: string): string {
  return `try(slice(container.${list}, 0, length(container.${list})), [])`;
}

const NAME = "${try(container.name, index)}";

function fieldsOf(kind: Kind): readonly ContainerField[] {
  return CONTAINER_FIELDS.filter((field) => field.kind === kind);
}

/** The values of a field of a `container`. */
function valuesOfContainer(field: ContainerField): string {
  const { required, region } = field;
  const [list, item] = stepsOf(field);
  const value = region === undefined ? "value" : `try("\${container.${region}}:\${value}", ":\${value}", null)`;
  const conditions = conditionsOf(field);
  if (item !== undefined) {
    const items = itemsOf(list, item);
    return conditions.length === 0 ? items : `[for value in ${items} : value if ${conditions.join(" && ")}]`;
  }
  const all = [...(required ? [] : ["value != null"]), ...conditions];
  const one = `try(container.${list}, null)`;
  return all.length === 0 && region === undefined
    ? `[${one}]`
    : `[for value in [${one}] : ${value}${all.length > 0 ? ` if ${all.join(" && ")}` : ""}]`;
}

/** The path of a list and the path in its items. The second is undefined if the field is not in a list. */
function stepsOf({ path }: ContainerField): [list: string, item?: string] {
  const [list = "", item] = path.split("[]");
  return item === undefined ? [list] : [list, item];
}

/** The values in a list's items. Anything of the wrong type has none. */
function itemsOf(list: string, item: string): string {
  const items = `slice(container.${list}, 0, length(container.${list}))`;
  return item === ""
    ? `try(${items}, [])`
    : `try([for item in ${items} : try(item${item}, null) if can(keys(item))], [])`;
}

/** The conditions under which a `value` counts. */
function conditionsOf({ onlyWhen = [], only }: Pick<ContainerField, "onlyWhen" | "only">): string[] {
  return [
    ...(only ? [`(!can(tostring(value)) || can(regex(${quoted(only)}, value)))`] : []),
    ...onlyWhen.map(({ path, is }) => `can(regex(${quoted(is)}, try(tostring(container.${path}), "")))`),
  ];
}

function concat(...lists: string[]): string {
  return lists.length === 1 ? lists.join() : `concat(${lists.join(", ")})`;
}
