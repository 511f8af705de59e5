import { POLICY_CHARACTERS_AT_MOST } from "../aws/limits";
import { VALUES_OF_CONTAINERS } from "../rules/container-rules";
import { faultText, type TerraformCheck, type Wording } from "../rules/rule";
import { containersCheck, each } from "./checks";
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
export function listPreconditions(input: string, list: string, pattern: RegExp, wording: Wording): Precondition[] {
  return [
    precondition({ ...each(input, list, matchesInTerraform(pattern, "value")), input, wording }),
    { condition: `\${length(${list}) > 0}`, errorMessage: faultText(input, "an empty list", NOT_EMPTY) },
  ];
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

/** What Terraform checks of container definitions that only it can read, which are an expression. */
export function containerPreconditions(containers: string): Precondition[] {
  return VALUES_OF_CONTAINERS.map((row) =>
    precondition({ ...containersCheck(row, containers), input: "access.containerDefinitions", wording: row }),
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
