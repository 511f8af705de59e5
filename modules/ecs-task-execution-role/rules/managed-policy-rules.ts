import { format, ROLE_FACTS, regExp, wording } from "../permissions/facts";
import { isExpression, isUnknown } from "../unknown";
import { entries, type Rule } from "./rule";

const { managed_policies: facts, policies } = ROLE_FACTS;

/** The limits on managed policies. */
export const MANAGED_POLICY_RULES: readonly Rule[] = [
  { kind: "map", prop: "managedPolicies", must: "be a map", fix: "write it as { key: value }" },
  {
    kind: "custom",
    must: "have keys that are known at synth, because each key is part of a resource address",
    fix: "write a map with literal keys; its values may be unknown",
    violations: ({ managedPolicies }) =>
      isUnknown(managedPolicies) || Object.keys(managedPolicies ?? {}).some(isExpression)
        ? [{ input: "managedPolicies", shown: "keys that are not known yet" }]
        : [],
  },
  ...[facts.reserved_key, facts.key].map(
    (row): Rule => ({ kind: "each", of: "keys", input: "managedPolicies", format: format(row), ...wording(row) }),
  ),
  // AWS rejects a wrong path of its own policies only at apply, with "does not exist or is not attachable".
  ...Object.values(policies).map(
    (row): Rule => ({
      kind: "each",
      of: "values",
      input: "managedPolicies",
      ...("where" in row && { where: regExp(row.where) }),
      format: format(row),
      ...wording(row),
    }),
  ),
  {
    kind: "custom",
    ...wording(facts.unique_value),
    violations: ({ managedPolicies }) => {
      const seen = new Set<unknown>();
      return entries(managedPolicies)
        .filter(([, policy]) => !isUnknown(policy))
        .filter(([, policy]) => seen.size === seen.add(String(policy).replace(/^arn:[^:]+:iam::aws:policy\//, "")).size)
        .map(([key, got]) => ({ input: `managedPolicies["${key}"]`, got }));
    },
  },
  { kind: "count", prop: "managedPolicies", atMost: facts.count.at_most, ...wording(facts.count) },
];
