import type { Kind, ValueFormat } from "../aws/container-fields";
import type { Format, Wording } from "../aws/facts";
import { CONTAINERS_AT_MOST, POLICY_CHARACTERS_AT_MOST } from "../aws/limits";
import { READABLE, SHAPES_WORDING, TASK_SIZE, VALUES_OF_CONTAINERS } from "../rules/container-rules";
import { faultText, type TextRow } from "../rules/rule";
import { each, noneOf, shown, type TerraformCheck, textCheck } from "./checks";
import { misshapenInTerraform } from "./containers";
import { sizesOver, unreadableIn } from "./definitions";
import { conformsInTerraform } from "./language";

/** A list that is known after apply may turn out to be empty, and IAM rejects empty lists. */
const NOT_EMPTY: Wording = { must: "not be empty", fix: "omit it if it has no values" };

export interface Precondition {
  readonly condition: string;
  readonly errorMessage: string;
}

/**
 * Checks a list that contains values unknown at synth.
 *
 * @param input the input that contains the list, such as `access.secrets`.
 * @param list the list, as a Terraform expression.
 */
export function listPrecondition(input: string, list: string, format: Format, wording: Wording): Precondition {
  return precondition({ ...each(input, list, conformsInTerraform(format, "value")), input, wording });
}

/** Checks that a list is not empty, if it is the only source of its input's values. */
export function notEmptyPrecondition(input: string, list: string): Precondition {
  return { condition: `\${length(${list}) > 0}`, errorMessage: faultText(input, "an empty list", NOT_EMPTY) };
}

/** Turns a check into a precondition, with the wording of its rule. */
function precondition({
  input,
  condition,
  got,
  wording,
}: TerraformCheck & { readonly wording: Wording }): Precondition {
  return { condition: `\${${condition}}`, errorMessage: faultText(input, `\${${shown(got)}}`, wording) };
}

/** Checks a string that is unknown at synth. `value` is a Terraform expression. */
export function textPrecondition(rule: TextRow & Wording, value: string): Precondition {
  return precondition({ ...textCheck(rule, value), input: rule.text, wording: rule });
}

/**
 * Checks the values of one kind in container definitions.
 *
 * @param offenders returns a Terraform expression for the list of values that do not match a format.
 */
export function containersPrecondition(kind: Kind, offenders: (format: ValueFormat) => string): Precondition[] {
  return VALUES_OF_CONTAINERS.filter(({ containers }) => containers === kind).map((row) =>
    noOffenders(offenders(row.format), row),
  );
}

/** Checks strings that only Terraform can read. `definitions` is a Terraform expression for a list. */
export function definitionsPreconditions(definitions: string): Precondition[] {
  return [
    noOffenders(unreadableIn(definitions), READABLE),
    noOffenders(sizesOver(CONTAINERS_AT_MOST, definitions), TASK_SIZE),
  ];
}

/** Checks containers that only Terraform can read. */
export function shapesPrecondition(containers: string): Precondition {
  return noOffenders(misshapenInTerraform(containers), SHAPES_WORDING);
}

function noOffenders(offenders: string, wording: Wording): Precondition {
  return precondition({ ...noneOf(offenders), input: "access.containerDefinitions", wording });
}

/**
 * Checks the length of the whole policy.
 *
 * @param document the policy document, as a Terraform expression.
 * @param wording the message for a policy that is too long.
 */
export function sizePrecondition(document: string, wording: Wording): Precondition {
  const characters = `length(replace(${document}, "/\\\\s/", ""))`;
  return {
    condition: `\${${characters} <= ${POLICY_CHARACTERS_AT_MOST}}`,
    errorMessage: faultText("access", `a policy of \${${characters}} characters`, wording),
  };
}

/** Adds the construct path to the error message, because Terraform shows only resource addresses. */
export function inRole(constructPath: string, { condition, errorMessage }: Precondition): Precondition {
  return {
    condition,
    errorMessage: `EcsTaskExecutionRole "${constructPath}" has invalid input: ${errorMessage}`,
  };
}
