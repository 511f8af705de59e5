import type { GrantField } from "../aws/arn-fields";
import { type Kind, PLACES, type Place } from "../aws/container-fields";
import { DERIVATIONS, type TaskPlace } from "../aws/container-grants";
import { matchesInTerraform, quoted } from "./language";

/*
 * What `container-values.ts` and `grants.ts` do, in Terraform's language: of container definitions
 * that are not known before Terraform has them.
 */

const READ = "jsondecode(var.access.container_definitions)";

/** What the variable of the Terraform module holds; an error if that is no list, because only a list has a slice. */
export const DEFINITIONS_OF_VARIABLE = `slice(${READ}, 0, length(${READ}))`;

/** The containers among that. */
export const CONTAINERS_OF_VARIABLE = `[for container in try(${DEFINITIONS_OF_VARIABLE}, []) : container if can(keys(container))]`;

/** The ARNs that containers give a field, as a list. `containers` is a list of them. */
export function derivedInTerraform(field: GrantField, containers: string, place: TaskPlace): string {
  const lists = DERIVATIONS.filter(({ gives }) => gives === field).flatMap(({ kind, pattern, arn }) => {
    const captured = arn(["${found[0]}", "${found[1]}", "${found[2]}"], place);
    const found = `[for found in try([regex(${quoted(pattern)}, value)], []) : "${captured}"]`;
    return placesOf(kind).map((one) => `[for container in ${containers} : [for value in ${valuesAt(one)} : ${found}]]`);
  });
  return `distinct(flatten([${lists.join(", ")}]))`;
}

/** The values of one kind that no pattern lets pass, each with its container and where it stands. */
export function offendersInTerraform(kind: Kind, patterns: readonly RegExp[], containers: string): string {
  const isGood = patterns.map((pattern) => matchesInTerraform(pattern, "value")).join(" || ");
  const lists = placesOf(kind).map(
    (place) =>
      `[for container in ${containers} : [for value in ${valuesAt(place)} : ` +
      `"\${try(container.name, "?")}: ${place.path}: \${try(jsonencode(value), "?")}" if !(${isGood})]]`,
  );
  return `flatten([${lists.join(", ")}])`;
}

function placesOf(kind: Kind): readonly Place[] {
  return PLACES.filter((place) => place.kind === kind);
}

/** The values at a place of a `container`. What should hold others and does not is a null, which no pattern lets pass. */
function valuesAt({ path, required, onlyWhen = [], only, region }: Place): string {
  const [list = "", item = ""] = path.split("[]");
  // Only a list has a slice; an object could be iterated over, too.
  const values = path.includes("[]")
    ? `try([for item in slice(container.${list}, 0, length(container.${list})) : try(item${item}, null)], [for list in [try(container.${list}, null)] : null if list != null])`
    : `[for value in [try(container.${path}, null)] : value${required ? "" : " if value != null"}]`;
  const conditions = [
    only && `can(regex(${quoted(only)}, value))`,
    ...onlyWhen.map(({ path, is }) => `can(regex(${quoted(is)}, try(tostring(container.${path}), "")))`),
  ].filter(Boolean);
  const value = region === undefined ? "value" : `try("\${container.${region}}:\${value}", ":\${value}", null)`;
  const counted = `[for value in ${concat(values, ...misshapen(list))} : ${value}${conditions.length > 0 ? ` if ${conditions.join(" && ")}` : ""}]`;
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
