import type { GrantField } from "../aws/arn-fields";
import { CONTAINER_FIELDS, type ContainerField, type Kind } from "../aws/container-fields";
import { DERIVATIONS, type TaskLocation } from "../aws/container-grants";
import { matchesInTerraform, quoted } from "./language";

/*
 * What `synth/containers.ts` and `synth/grants.ts` do, in Terraform's language: for container definitions that are not
 * known at synth.
 */

const READ = "jsondecode(var.access.container_definitions)";

/** What the variable of the Terraform module holds; an error if that is no list, because only a list has a slice. */
export const DEFINITIONS_OF_VARIABLE = `slice(${READ}, 0, length(${READ}))`;

/** The containers among that. */
export const CONTAINERS_OF_VARIABLE = `[for container in try(${DEFINITIONS_OF_VARIABLE}, []) : container if can(keys(container))]`;

/** The list of the values of a kind in containers, which are a list. */
export function valuesInTerraform(kind: Kind, containers: string): string {
  return valuesOfFields(fieldsOf(kind), containers);
}

/** The same of some fields. A value that is itself a list stays one: no rule lets it pass. */
export function valuesOfFields(fields: readonly ContainerField[], containers: string): string {
  return `concat([], [for container in ${containers} : ${concat(...fields.map(valuesOfContainer))}]...)`;
}

/**
 * The ARNs that container definitions give a field, as a list, if they can give it any.
 *
 * @param valuesOf the list of the values of a kind, if there can be any.
 */
export function derivedInTerraform(
  field: GrantField,
  valuesOf: (kind: Kind) => string | undefined,
  location: TaskLocation,
): string | undefined {
  const lists = DERIVATIONS.filter(({ gives }) => gives === field).flatMap(({ kind, pattern, arn }) => {
    const captured = arn(["${found[0]}", "${found[1]}", "${found[2]}"], location);
    const values = valuesOf(kind);
    return values === undefined
      ? []
      : `[for value in ${values} : [for found in try([regex(${quoted(pattern)}, value)], []) : "${captured}"]]`;
  });
  return lists.length === 0 ? undefined : `distinct(flatten([${lists.join(", ")}]))`;
}

/** The values of one kind that no pattern lets pass, each with its container and where it stands. */
export function offendersInTerraform(kind: Kind, patterns: readonly RegExp[], containers: string): string {
  const lists = fieldsOf(kind).map((field) => offendersOfField(field, patterns, containers));
  return `flatten([${lists.join(", ")}])`;
}

/** The same of one field, as lists in a list. */
export function offendersOfField(field: ContainerField, patterns: readonly RegExp[], containers: string): string {
  const offender = `"\${try(container.name, "?")}: ${field.path}: \${try(jsonencode(value), "?")}"`;
  return `[for container in ${containers} : [for value in ${valuesOfContainer(field)} : ${offender} if !${isGood(patterns)}]]`;
}

/** Whether a `value` matches one of several patterns. */
export function isGood(patterns: readonly RegExp[]): string {
  return `(${patterns.map((pattern) => matchesInTerraform(pattern, "value")).join(" || ")})`;
}

function fieldsOf(kind: Kind): readonly ContainerField[] {
  return CONTAINER_FIELDS.filter((field) => field.kind === kind);
}

/** The values of a field of a `container`. What should hold others and does not is a null, which no pattern lets pass. */
function valuesOfContainer({ path, required, onlyWhen = [], only, region }: ContainerField): string {
  const [list = "", item = ""] = path.split("[]");
  // Only a list has a slice; an object could be iterated over, too.
  const values = path.includes("[]")
    ? `try([for item in slice(container.${list}, 0, length(container.${list})) : try(item${item}, null)], [for list in [try(container.${list}, null)] : null if list != null])`
    : required
      ? `[try(container.${path}, null)]`
      : `[for value in [try(container.${path}, null)] : value if value != null]`;
  const conditions = [
    only && `can(regex(${quoted(only)}, value))`,
    ...onlyWhen.map(({ path, is }) => `can(regex(${quoted(is)}, try(tostring(container.${path}), "")))`),
  ].filter(Boolean);
  const value = region === undefined ? "value" : `try("\${container.${region}}:\${value}", ":\${value}", null)`;
  const found = concat(values, ...misshapen(list));
  const counted =
    conditions.length === 0 && region === undefined
      ? found
      : `[for value in ${found} : ${value}${conditions.length > 0 ? ` if ${conditions.join(" && ")}` : ""}]`;
  return concat(counted, ...onlyWhen.slice(0, 1).flatMap((deciding) => misshapen(deciding.path)));
}

/** A null for what must be an object on the way to a path, and is none. */
function misshapen(path: string): string[] {
  const steps = path.split(".").slice(0, -1);
  const parents = steps.map((_, at) => `try(container.${steps.slice(0, at + 1).join(".")}, null)`);
  return parents.length === 0
    ? []
    : [`[for parent in [${parents.join(", ")}] : null if parent != null && !can(keys(parent))]`];
}

function concat(...lists: string[]): string {
  return lists.length === 1 ? lists.join() : `concat(${lists.join(", ")})`;
}
