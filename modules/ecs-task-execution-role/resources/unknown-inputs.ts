import type { Precondition } from "cdktf";
import type { Construct } from "constructs";
import type { Format, Wording } from "../aws/facts";
import { TRUST_FIELD_NAMES, TRUST_FIELDS } from "../aws/trust-fields";
import type { EcsTaskExecutionRoleProps } from "../inputs/props";
import { violationText } from "../rules/rule";
import { RULES } from "../rules/rules";
import { asList, isUnknown } from "../unknown";
import { inRole } from "./let-terraform-check";
import { localOf } from "./references";
import { inTerraform } from "./tokens";

/** The role's own inputs that are unknown at synth. Terraform checks them with the pattern of their rule. */
export function inputChecks(role: Construct, props: EcsTaskExecutionRoleProps): Precondition[] {
  return [...textsIn(role, props), ...trustIn(role, props)].map(({ input, begins, values, format, wording }) => {
    const isGood = conforms(format, "value");
    const got = `coalesce(join(", ", [for value in ${values} : ${shown("value")} if !${isGood}]), "an empty list")`;
    return {
      condition: `\${${begins} alltrue([for value in ${values} : ${isGood}])}`,
      errorMessage: inRole(role.node.path, violationText(input, `\${nonsensitive(sensitive(${got}))}`, wording)),
    };
  });
}

interface UnknownInput {
  readonly input: string;
  /** The beginning of its condition: a text can be null, and a list must have a value. */
  readonly begins: string;
  /** A list of its values, as a Terraform expression. */
  readonly values: string;
  readonly format: Format;
  readonly wording: Wording;
}

function textsIn(role: Construct, props: EcsTaskExecutionRoleProps): UnknownInput[] {
  return RULES.flatMap((rule) => {
    if (rule.kind !== "text" || !isUnknown(props[rule.prop]) || (rule.onlyWith && props[rule.onlyWith] === undefined)) {
      return [];
    }
    const value = localOf(role, `text-${rule.prop}`, inTerraform(props[rule.prop]));
    return [
      { input: rule.prop, begins: `${value} == null ||`, values: `[${value}]`, format: rule.format, wording: rule },
    ];
  });
}

function trustIn(role: Construct, { trust }: EcsTaskExecutionRoleProps): UnknownInput[] {
  return TRUST_FIELD_NAMES.filter((field) => asList(trust?.[field]).some(isUnknown)).map((field) => {
    const values = `flatten(${localOf(role, `trust-${field}`, asList(trust?.[field]).map(inTerraform))})`;
    const facts = TRUST_FIELDS[field];
    return { input: `trust.${field}`, begins: `length(${values}) > 0 &&`, values, format: facts, wording: facts };
  });
}

function conforms({ pattern, never, atMost, nameAtMost }: Format, value: string): string {
  const all = [
    `can(regex(${JSON.stringify(pattern.source)}, ${value}))`,
    never && `!can(regex(${JSON.stringify(never.source)}, ${value}))`,
    atMost && `length(${value}) <= ${atMost}`,
    nameAtMost && `length(basename(${value})) <= ${nameAtMost}`,
  ];
  return `try(${all.filter(Boolean).join(" && ")}, false)`;
}

/** Before Terraform 1.8, nothing tells whether a value is sensitive. An ARN never is. */
function shown(value: string): string {
  const isHidden = `can(issensitive("")) ? issensitive(${value}) : !can(regex("^arn:", ${value}))`;
  return `(${isHidden}) ? "a value that is not shown" : jsonencode(${value})`;
}
