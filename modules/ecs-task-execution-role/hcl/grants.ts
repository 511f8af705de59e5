import { type GrantField, SECRET_REFERENCE } from "../aws/access-fields";
import type { Kind } from "../aws/container-fields";
import { DERIVATIONS, type TaskLocation } from "../aws/container-grants";
import { matchesInTerraform, quoted } from "./language";

/*
 * `synth/grants.ts` as Terraform expressions.
 */

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
