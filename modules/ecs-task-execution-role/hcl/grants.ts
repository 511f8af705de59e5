import { GRANT_FIELDS, type GrantField, SECRET_REFERENCE } from "../aws/access-fields";
import type { Kind } from "../aws/container-fields";
import { DERIVATIONS, DERIVED_FIELDS, type TaskLocation } from "../aws/container-grants";
import { switchedOn } from "./access";
import { matchesInTerraform, quoted, snakeCase } from "./language";

/*
 * `synth/grants.ts` as Terraform expressions.
 */

/** What each field grants, including what container definitions add. */
export function arnsLocal(): Readonly<Record<string, string>> {
  return Object.fromEntries(GRANT_FIELDS.map((field) => [snakeCase(field), `\${${all(field)}}`]));
}

function all(field: GrantField): string {
  if (field === "referencedSecrets") {
    return secretReferencesIn(all("parameters"));
  }
  const explicit =
    field === "logGroupsToCreate"
      ? `[for arn in ${all("logGroups")} : arn if ${switchedOn("createLogGroups")}]`
      : `local.access.${snakeCase(field)}`;
  return DERIVED_FIELDS.includes(field) ? `concat(${explicit}, local.derived.${snakeCase(field)})` : explicit;
}

/** The parameters in a list that refer to a secret. */
export function secretReferencesIn(parameters: string): string {
  return `[for arn in ${parameters} : arn if ${matchesInTerraform(SECRET_REFERENCE, "arn")}]`;
}

/**
 * The list of ARNs that container definitions add to a field, if they can add any.
 *
 * @param valuesOf returns the list of the values of a kind, if there can be any.
 */
export function derivedInTerraform(
  field: GrantField,
  valuesOf: (kind: Kind) => string | undefined,
  location: TaskLocation,
): string | undefined {
  const lists = DERIVATIONS.filter(({ gives }) => gives === field).flatMap(({ kind, pattern, arn }) => {
    const captured = arn(["${found[0]}", "${found[1]}", "${found[2]}"], location);
    const text = captured === "${found[0]}" ? "found[0]" : `"${captured}"`;
    const values = valuesOf(kind);
    return values === undefined
      ? []
      : `[for value in ${values} : [for found in try([regex(${quoted(pattern)}, value)], []) : ${text}]]`;
  });
  return lists.length === 0 ? undefined : `distinct(flatten([${lists.join(", ")}]))`;
}
