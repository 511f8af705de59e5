import { ARN_FIELD_NAMES, type ArnFieldName, type TaskExecutionAccess } from "./access";
import type { Kind } from "./container-definitions";
import { valuesOf } from "./container-values";
import { DERIVATIONS, type TaskPlace } from "./derived-access";
import { asList, isUnknown } from "./unknown";

/** A list field of `access`, or what only container definitions can say of a single log group. */
export type GrantField = ArnFieldName | "createdLogGroups";

export const GRANT_FIELDS: readonly GrantField[] = [...ARN_FIELD_NAMES, "createdLogGroups"];

/** The fields that container definitions may give something. */
export const DERIVED_FIELDS = GRANT_FIELDS.filter((field) => DERIVATIONS.some(({ gives }) => gives === field));

export type Grants = Readonly<Record<GrantField, readonly string[]>>;

/** All ARNs that an access gives, with those of its container definitions as far as we can read them. */
export function grantsOf(access: TaskExecutionAccess, place: TaskPlace): Grants {
  const derived = derivedFrom(access, place);
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

function derivedFrom({ containerDefinitions }: TaskExecutionAccess, place: TaskPlace) {
  const values = valuesOf(containerDefinitions).filter(({ value }) => typeof value === "string" && !isUnknown(value));
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
