import { ARN_FIELDS, type ArnFieldName } from "./access";
import { arnWording, POLICY_TOO_LONG } from "./access-rules";
import { quoted } from "./arn-mapping";
import { faultText } from "./check";
import { POLICY_CHARACTERS_AT_MOST } from "./limits";

interface Precondition {
  readonly condition: string;
  readonly errorMessage: string;
}

/**
 * What Terraform checks, in our words, of a field that holds something not known at synth.
 *
 * @param role the construct path of the role.
 * @param list the field's list, in Terraform's language.
 */
export function listPrecondition(role: string, field: ArnFieldName, list: string): Precondition {
  const good = `can(regex(${quoted(ARN_FIELDS[field].pattern)}, arn))`;
  return {
    condition: `\${length(${list}) > 0 && alltrue([for arn in ${list} : ${good}])}`,
    errorMessage: inRole(role, faultText(`access.${field}`, `\${jsonencode(${list})}`, arnWording(field))),
  };
}

/**
 * What Terraform checks of the whole policy.
 *
 * @param role the construct path of the role.
 * @param document the policy document, in Terraform's language.
 */
export function sizePrecondition(role: string, document: string): Precondition {
  const characters = `length(replace(${document}, "/\\\\s/", ""))`;
  return {
    condition: `\${${characters} <= ${POLICY_CHARACTERS_AT_MOST}}`,
    errorMessage: inRole(role, faultText("access", `a policy of \${${characters}} characters`, POLICY_TOO_LONG)),
  };
}

function inRole(role: string, fault: string): string {
  return `EcsTaskExecutionRole "${role}" has input that is not valid: ${fault}`;
}
