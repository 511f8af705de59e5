import { ARN_FIELDS, type ArnFieldName } from "./access";
import { arnWording, POLICY_TOO_LONG } from "./access-rules";
import { faultText } from "./check";
import { POLICY_CHARACTERS_AT_MOST } from "./limits";
import { each, matchesInTerraform } from "./rule";

export interface Precondition {
  readonly condition: string;
  readonly errorMessage: string;
}

/**
 * What Terraform checks of a field that holds something not known at synth.
 *
 * @param list the field's list, in Terraform's language.
 */
export function listPrecondition(field: ArnFieldName, list: string): Precondition {
  const input = `access.${field}`;
  const { condition, got } = each(input, list, matchesInTerraform(ARN_FIELDS[field].pattern, "value"));
  return {
    condition: `\${length(${list}) > 0 && ${condition}}`,
    errorMessage: faultText(input, `\${jsonencode(${got})}`, arnWording(field)),
  };
}

/**
 * What Terraform checks of the whole policy.
 *
 * @param document the policy document, in Terraform's language.
 */
export function sizePrecondition(document: string): Precondition {
  const characters = `length(replace(${document}, "/\\\\s/", ""))`;
  return {
    condition: `\${${characters} <= ${POLICY_CHARACTERS_AT_MOST}}`,
    errorMessage: faultText("access", `a policy of \${${characters}} characters`, POLICY_TOO_LONG),
  };
}
