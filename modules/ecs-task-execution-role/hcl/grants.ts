import { GRANT_FIELDS, type GrantField, SECRET_REFERENCE } from "../aws/access-fields";
import type { Kind } from "../aws/container-fields";
import { DERIVATIONS, DERIVED_FIELDS, type TaskLocation } from "../aws/container-grants";
import { switchedOn } from "./access";
import { matchesInTerraform, quoted, snakeCase } from "./language";

/*
 * What `synth/grants.ts` does, in Terraform's language.
 */

/** What each field grants, with what container definitions add to it. */
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

/** Those of a list of parameters that refer to a secret. */
export function secretReferencesIn(parameters: string): string {
  return `[for arn in ${parameters} : arn if ${matchesInTerraform(SECRET_REFERENCE, "arn")}]`;
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
    const text = captured === "${found[0]}" ? "found[0]" : `"${captured}"`;
    const values = valuesOf(kind);
    return values === undefined
      ? []
      : `[for value in ${values} : [for found in try([regex(${quoted(pattern)}, value)], []) : ${text}]]`;
  });
  return lists.length === 0 ? undefined : `distinct(flatten([${lists.join(", ")}]))`;
}
