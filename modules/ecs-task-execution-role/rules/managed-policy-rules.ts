import { ATTACHMENTS_AT_MOST, POLICY_ARN_AT_MOST } from "../aws/limits";
import { DEFAULT_MANAGED_POLICIES } from "../aws/managed-policies";
import { isUnknown } from "../unknown";
import { entries, type Format, type Rule } from "./rule";

const POLICY_ARN_PREFIX = `arn:aws(-[a-z]+)*:iam::(aws|[0-9]{12}):policy/`;
const POLICY_NAME_WITH_PATH = String.raw`([\w+=,.@-]+/)*[\w+=,.@-]{1,128}`;

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html */
export const POLICY_ARN: Format = {
  pattern: new RegExp(`^${POLICY_ARN_PREFIX}${POLICY_NAME_WITH_PATH}$`),
  atMost: POLICY_ARN_AT_MOST,
};

/** The limits on managed policies. */
export const MANAGED_POLICY_RULES: readonly Rule[] = [
  { isMap: "managedPolicies", must: "be a map", fix: "write it as { key: value }" },
  {
    must: "have keys that are known at synth, because each key is part of a resource address",
    fix: "write a map with literal keys; its values may be unknown",
    offenders: ({ managedPolicies }) =>
      isUnknown(managedPolicies) || Object.keys(managedPolicies ?? {}).some(isUnknown)
        ? [{ input: "managedPolicies", shown: "keys that are not known yet" }]
        : [],
    terraform: { unnecessary: "Terraform itself refuses to iterate over unknown keys" },
  },
  {
    each: { keys: "managedPolicies" },
    never: /^access$/,
    must: 'not use the key "access", which is reserved for the access policy',
    fix: "choose another key",
  },
  {
    each: { keys: "managedPolicies" },
    format: { pattern: /^[\w+=,.@-]+$/, atMost: 128 },
    must: "have a key of 1 to 128 characters from A-Z a-z 0-9 _ + = , . @ -",
    fix: "use the policy's name as its key",
  },
  {
    each: { values: "managedPolicies" },
    format: { pattern: new RegExp(`^(${POLICY_ARN_PREFIX})?${POLICY_NAME_WITH_PATH}$`), atMost: POLICY_ARN_AT_MOST },
    must: "be the name of an AWS managed policy with its path, or the ARN of a policy",
    fix: 'write "service-role/NAME" or "NAME" (no leading slash) for an AWS managed policy, "arn:PARTITION:iam::ACCOUNT:policy/NAME" for your own',
  },
  ...Object.values(DEFAULT_MANAGED_POLICIES).map(wellKnownPath),
  {
    must: "list each policy only once",
    fix: "remove one of the two keys: destroying one attachment would detach the policy for both",
    offenders: ({ managedPolicies }) => {
      const seen = new Set<unknown>();
      return entries(managedPolicies)
        .filter(([, policy]) => typeof policy === "string" && !isUnknown(policy))
        .filter(([, policy]) => seen.size === seen.add(policy.replace(/^arn:[^:]+:iam::aws:policy\//, "")).size)
        .map(([key, got]) => ({ input: `managedPolicies["${key}"]`, got }));
    },
    terraform: {
      input: "managed_policies",
      condition: `var.managed_policies == null ? true : length(distinct([for policy in values(var.managed_policies) : try(replace(policy, "/^arn:[^:]+:iam::aws:policy\\\\//", ""), policy)])) == length(values(var.managed_policies))`,
      got: "var.managed_policies == null ? [] : values(var.managed_policies)",
      reads: "values",
    },
  },
  {
    count: "managedPolicies",
    atMost: ATTACHMENTS_AT_MOST,
    must: `be at most ${ATTACHMENTS_AT_MOST}, the maximum that AWS allows per role`,
    fix: "merge several policies into one customer managed policy",
  },
];

/** AWS rejects a wrong path only at apply, with "does not exist or is not attachable". */
function wellKnownPath(nameWithPath: string): Rule {
  const name = nameWithPath.replace(/^.*\//, "");
  return {
    each: { values: "managedPolicies" },
    where: new RegExp(`^(arn:[^:]+:iam::aws:policy/)?([\\w+=,.@-]+/)*${name}$`),
    format: { pattern: new RegExp(`^(arn:[^:]+:iam::aws:policy/)?${nameWithPath}$`) },
    must: `specify ${name} with the correct path`,
    fix: `write "${nameWithPath}"`,
  };
}
