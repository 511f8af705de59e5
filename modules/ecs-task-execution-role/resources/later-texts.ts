import type { Construct } from "constructs";
import { inRole, type Precondition, textPrecondition } from "../hcl/preconditions";
import type { EcsTaskExecutionRoleProps } from "../inputs/props";
import { RULES } from "../rules/rules";
import { isUnknown } from "../unknown";
import { localOf } from "./references";

/** Checks of a role's strings that are unknown at synth. */
export function textChecks(role: Construct, props: EcsTaskExecutionRoleProps): Precondition[] {
  return RULES.flatMap((rule) => {
    if (!("text" in rule) || !isUnknown(props[rule.text])) {
      return [];
    }
    const isAsked = rule.onlyWith === undefined || props[rule.onlyWith] !== undefined;
    return isAsked
      ? [inRole(role.node.path, textPrecondition(rule, localOf(role, `text-${rule.text}`, props[rule.text])))]
      : [];
  });
}
