import { ARN_FIELD_NAMES, GRANT_FIELDS, type GrantField, type Grants, SWITCHES } from "../aws/arn-fields";
import type { Kind } from "../aws/container-fields";
import { DERIVATIONS, type TaskPlace } from "../aws/container-grants";
import type { TaskExecutionAccess } from "../inputs/access";
import { asList, isUnknown } from "../unknown";
import { type Containers, readContainers } from "./containers";

/** All ARNs that an access gives, with those of its container definitions as far as we can read them. */
export function grantsOf(
  access: TaskExecutionAccess,
  place: TaskPlace,
  containers = readContainers(access.containerDefinitions),
): Grants {
  const derived = derivedFrom(containers, place);
  const explicit = (field: GrantField) => (field === "createdLogGroups" ? [] : asList(access[field]));
  const grants = Object.fromEntries(
    GRANT_FIELDS.map((field) => [field, [...explicit(field), ...derived(field)]]),
  ) as Record<GrantField, string[]>;
  return access.createLogGroups
    ? { ...grants, createdLogGroups: [...grants.createdLogGroups, ...grants.logGroups] }
    : grants;
}

/** The fields that hold something not known yet. Where the task runs, Terraform knows, whatever it is. */
export function unknownFields(grants: Grants, place: TaskPlace): GrantField[] {
  const known = Object.values<string>({ ...place });
  const withoutPlace = (arn: string) => known.reduce((text, one) => text.replaceAll(one, ""), arn);
  return GRANT_FIELDS.filter((field) => grants[field].some((arn) => isUnknown(arn) && isUnknown(withoutPlace(arn))));
}

function derivedFrom(containers: Containers, place: TaskPlace) {
  const values = containers.values.filter(({ value }) => typeof value === "string" && !isUnknown(value));
  const matchesOf = (kind: Kind, pattern: RegExp) =>
    values
      .filter((found) => found.kind === kind)
      .flatMap(({ value }) => [String(value).match(pattern) ?? []].filter(isFound));
  if (values.length === 0) {
    return () => [];
  }
  return (field: GrantField): string[] =>
    DERIVATIONS.filter(({ gives }) => gives === field).flatMap(({ kind, pattern, arn }) =>
      matchesOf(kind, pattern).map(([, first = "", second = "", third = ""]) => arn([first, second, third], place)),
    );
}

function isFound(match: readonly string[]): boolean {
  return match.length > 0;
}

/** All that both give. */
export function mergeAccess(one: TaskExecutionAccess, other: TaskExecutionAccess): TaskExecutionAccess {
  const definitions = [one, other].flatMap((access) => access.containerDefinitions ?? []);
  return {
    ...one,
    ...other,
    ...Object.fromEntries(ARN_FIELD_NAMES.map((field) => [field, [...asList(one[field]), ...asList(other[field])]])),
    ...Object.fromEntries(SWITCHES.map((field) => [field, one[field] || other[field]])),
    ...(definitions.length > 0 && { containerDefinitions: definitions }),
  };
}
