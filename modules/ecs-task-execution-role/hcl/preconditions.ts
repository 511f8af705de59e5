import type { Kind, ValueFormat } from "../aws/container-fields";
import { CONTAINERS_AT_MOST, POLICY_CHARACTERS_AT_MOST } from "../aws/limits";
import { READABLE, SHAPES_WORDING, TASK_SIZE, VALUES_OF_CONTAINERS } from "../rules/container-rules";
import { faultText, type TerraformCheck, type TextRow, type Wording } from "../rules/rule";
import { each, noneOf, shown, textCheck } from "./checks";
import { misshapenInTerraform } from "./containers";
import { sizesOver, unreadableIn } from "./definitions";
import { matchesInTerraform } from "./language";

/** A list that is only known at apply may turn out empty, and IAM takes nothing without a value. */
const NOT_EMPTY: Wording = { must: "not be empty", fix: "omit it if it has no values" };

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
  return { condition: `\${${condition}}`, errorMessage: faultText(input, `\${${shown(got)}}`, wording) };
}

/** What Terraform checks of a text that is not known at synth, which is an expression. */
export function textPrecondition(rule: TextRow & Wording, value: string): Precondition {
  return precondition({ ...textCheck(rule, value), input: rule.text, wording: rule });
}

/**
 * What Terraform checks of values of one kind in container definitions.
 *
 * @param offenders the list of those without a format, in Terraform's language.
 */
export function containersPrecondition(kind: Kind, offenders: (format: ValueFormat) => string): Precondition[] {
  return VALUES_OF_CONTAINERS.filter(({ containers }) => containers === kind).map((row) =>
    noOffenders(offenders(row.format), row),
  );
}

/** What Terraform checks of texts that only it can read, which are a list. */
export function definitionsPreconditions(definitions: string): Precondition[] {
  return [
    noOffenders(unreadableIn(definitions), READABLE),
    noOffenders(sizesOver(CONTAINERS_AT_MOST, definitions), TASK_SIZE),
  ];
}

/** What Terraform checks of containers that only it can read. */
export function shapesPrecondition(containers: string): Precondition {
  return noOffenders(misshapenInTerraform(containers), SHAPES_WORDING);
}

function noOffenders(offenders: string, wording: Wording): Precondition {
  return precondition({ ...noneOf(offenders), input: "access.containerDefinitions", wording });
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
    errorMessage: `EcsTaskExecutionRole "${constructPath}" has invalid input: ${errorMessage}`,
  };
}
