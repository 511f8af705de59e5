import type { Precondition } from "cdktf";
import type { Construct } from "constructs";
import type { EcsTaskExecutionRoleProps } from "../inputs/props";
import { type Format, ROLE_FACTS, type Wording, wording } from "../permissions/facts";
import { TRUST_FIELD_NAMES, TRUST_FIELDS, type TrustFieldName } from "../permissions/trust-fields";
import type { TextRow } from "../rules/rule";
import { RULES } from "../rules/rules";
import { asList, isUnknown } from "../unknown";
import { trustList } from "./assume-role-document";
import { labelOf, noViolations } from "./let-terraform-check";
import { callSubmodule } from "./submodule";
import { inTerraform } from "./tokens";

/** A check in the form that `modules/checks` takes. */
type Check = { readonly rule: object } & (
  | { readonly value: unknown; readonly ok?: unknown }
  | { readonly values: unknown }
);

/** The role's own inputs that are unknown at synth. Terraform checks them with the pattern of their rule. */
export function inputChecks(role: Construct, props: EcsTaskExecutionRoleProps): Precondition[] {
  const checks = { ...textsIn(props), ...trustIn(role, props) };
  const inputs = Object.keys(checks);
  if (inputs.length === 0) {
    return [];
  }
  const module = callSubmodule(role, "checks", "checks", { label: labelOf(role.node.path), checks });
  return inputs.map((input) => noViolations(module, input));
}

function textsIn(props: EcsTaskExecutionRoleProps): Record<string, Check[]> {
  const rows = RULES.filter((rule) => rule.kind === "text").filter(
    ({ prop, onlyWith }) => isUnknown(props[prop]) && (onlyWith === undefined || props[onlyWith] !== undefined),
  );
  const checksOf = (input: TextRow["prop"]) =>
    rows
      .filter(({ prop }) => prop === input)
      .map((row) => ({ value: inTerraform(props[input]), rule: ruleOf(row.format, row) }));
  return Object.fromEntries(rows.map(({ prop }) => [prop, checksOf(prop)]));
}

function trustIn(role: Construct, { trust = {} }: EcsTaskExecutionRoleProps): Record<string, Check[]> {
  const fields = TRUST_FIELD_NAMES.filter((field) => asList(trust[field]).some(isUnknown));
  const checksOf = (field: TrustFieldName) => {
    const values = trustList(role, trust, field);
    return [
      { values: `\${${values}}`, rule: ruleOf(TRUST_FIELDS[field], TRUST_FIELDS[field]) },
      { value: [], rule: wording(ROLE_FACTS.trust.not_empty), ok: `\${length(${values}) > 0}` },
    ];
  };
  return Object.fromEntries(fields.map((field) => [`trust.${field}`, checksOf(field)]));
}

/** A rule as the Terraform module spells it. */
function ruleOf({ pattern, never, atMost, nameAtMost }: Format, { must, fix }: Wording): object {
  return { pattern: pattern.source, never: never?.source, at_most: atMost, name_at_most: nameAtMost, must, fix };
}
