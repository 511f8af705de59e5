import type { Kind } from "../aws/container-fields";
import { POLICY_CHARACTERS_AT_MOST } from "../aws/limits";
import { VALUES_OF_CONTAINERS } from "../rules/container-rules";
import { faultText, type TerraformCheck, type Wording } from "../rules/rule";
import { each, noneOf } from "./checks";
import { matchesInTerraform } from "./language";

/** A list that is only known at apply may turn out empty, and IAM takes nothing without a value. */
const NOT_EMPTY: Wording = { must: "hold something", fix: "leave it out where there is nothing" };

export interface Precondition {
  readonly condition: string;
  readonly errorMessage: string;
}

/**
 * What Terraform checks of a list that holds something not known at synth.
 *
 * @param input the input that the list stands in, such as `access.secrets`.
 * @param list the list, in Terraform's language.
 */
export function listPrecondition(input: string, list: string, pattern: RegExp, wording: Wording): Precondition {
  return precondition({ ...each(input, list, matchesInTerraform(pattern, "value")), input, wording });
}

/** The same of a list that is the only one of its input. */
export function notEmptyPrecondition(input: string, list: string): Precondition {
  return { condition: `\${length(${list}) > 0}`, errorMessage: faultText(input, "an empty list", NOT_EMPTY) };
}

/** A check in the words of its rule. */
function precondition({
  input,
  condition,
  got,
  wording,
}: Omit<TerraformCheck, "precondition"> & { readonly wording: Wording }): Precondition {
  return { condition: `\${${condition}}`, errorMessage: faultText(input, `\${jsonencode(${got})}`, wording) };
}

/**
 * What Terraform checks of values of one kind in container definitions.
 *
 * @param offenders the list of those that no pattern lets pass, in Terraform's language.
 */
export function containersPrecondition(kind: Kind, offenders: (patterns: readonly RegExp[]) => string): Precondition[] {
  return VALUES_OF_CONTAINERS.filter(({ containers }) => containers === kind).map((row) =>
    precondition({ ...noneOf(offenders(row.patterns)), input: "access.containerDefinitions", wording: row }),
  );
}

/**
 * What Terraform checks of the whole policy.
 *
 * @param document the policy document, in Terraform's language.
 * @param wording what it says of a policy that is too long.
 */
export function sizePrecondition(document: string, wording: Wording): Precondition {
  const characters = `length(replace(${document}, "/\\\\s/", ""))`;
  return {
    condition: `\${${characters} <= ${POLICY_CHARACTERS_AT_MOST}}`,
    errorMessage: faultText("access", `a policy of \${${characters}} characters`, wording),
  };
}

/** Names the role in what Terraform says, which knows only addresses. */
export function inRole(constructPath: string, { condition, errorMessage }: Precondition): Precondition {
  return {
    condition,
    errorMessage: `EcsTaskExecutionRole "${constructPath}" has input that is not valid: ${errorMessage}`,
  };
}
