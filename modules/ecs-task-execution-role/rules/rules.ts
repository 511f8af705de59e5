import { ATTACHMENTS_AT_MOST, TAGS_AT_MOST } from "../aws/limits";
import { DEFAULT_MANAGED_POLICIES } from "../aws/managed-policies";
import { isUnknown } from "../unknown";
import { ACCESS_RULES } from "./access-rules";
import {
  atMost,
  entries,
  keysInTerraform,
  keysOf,
  map,
  matches,
  matchesInTerraform,
  type Rule,
  text,
  valuesInTerraform,
  valuesOf,
} from "./rule";
import { TRUST_RULES } from "./trust-rules";

const RESERVED_TAG_KEY = /^aws:/i;

const POLICY_ARN_PREFIX = `arn:aws(-[a-z]+)*:iam::(aws|[0-9]{12}):policy/`;
const POLICY_NAME_WITH_PATH = String.raw`([\w+=,.@-]+/)*[\w+=,.@-]{1,128}`;

/**
 * Every limit on the inputs, with the wording of its fault.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
export const RULES: readonly Rule[] = [
  text(
    "roleName",
    { pattern: /^[\w+=,.@-]+$/, atMost: 64 },
    {
      must: "be 1 to 64 characters of A-Z a-z 0-9 _ + = , . @ -",
      fix: "shorten it and replace other characters, or leave it out and Terraform makes a unique name",
    },
  ),
  text(
    "roleNamePrefix",
    { pattern: /^[\w+=,.@-]+$/, atMost: 38 },
    {
      must: "be 1 to 38 characters of A-Z a-z 0-9 _ + = , . @ - (Terraform appends 26)",
      fix: "shorten it and replace other characters",
    },
  ),
  {
    must: "not come together with a role name prefix",
    fix: "give the whole name or the prefix, not both",
    offenders: ({ roleName, roleNamePrefix }) =>
      [roleName, roleNamePrefix].some((name) => name === undefined || isUnknown(name))
        ? []
        : [{ input: "roleName", got: roleName }],
    terraform: {
      input: "role_name",
      condition: "var.role_name == null || var.role_name_prefix == null",
      got: "var.role_name",
      precondition: "aws_iam_role",
    },
  },
  text(
    "path",
    { pattern: /^\/([\x21-\x7E]+\/)?$/, atMost: 512 },
    {
      must: 'be "/" or 3 to 512 characters without spaces that begin and end with "/"',
      fix: 'write it like "/ecs/orders/"',
    },
  ),
  text(
    "description",
    { pattern: /^[\t\n\r\x20-\x7E\u00A1-\u00FF]*$/, atMost: 1000 },
    {
      must: "be at most 1000 characters of Latin-1",
      fix: "shorten it and write plain quotes and dashes (\" ' -) for typographic ones",
    },
  ),
  {
    must: "be a whole number of seconds from 3600 to 43200 (1 to 12 hours)",
    fix: "write the seconds, such as 7200 for 2 hours",
    offenders: ({ maxSessionDuration: seconds }) =>
      seconds === undefined || isUnknown(seconds) || (Number.isInteger(seconds) && seconds >= 3600 && seconds <= 43200)
        ? []
        : [{ input: "maxSessionDuration", got: seconds }],
    terraform: {
      input: "max_session_duration",
      condition:
        "var.max_session_duration == null || try(floor(var.max_session_duration) == var.max_session_duration && var.max_session_duration >= 3600 && var.max_session_duration <= 43200, false)",
      got: "var.max_session_duration",
    },
  },
  text(
    "permissionsBoundary",
    { pattern: new RegExp(`^${POLICY_ARN_PREFIX}${POLICY_NAME_WITH_PATH}$`), atMost: 2048 },
    {
      must: "be the ARN of an IAM policy",
      fix: 'write "arn:PARTITION:iam::ACCOUNT:policy/NAME", with the 12 digits of your account',
    },
  ),
  {
    must: "be true or false, and known at synth",
    fix: "write true or false",
    offenders: ({ exclusive }) =>
      [undefined, true, false].includes(exclusive) ? [] : [{ input: "exclusive", got: exclusive }],
    terraform: { needless: "the variable has a type" },
  },
  map("tags"),
  atMost("tags", TAGS_AT_MOST, {
    must: `be at most ${TAGS_AT_MOST}`,
    fix: "leave some out; the provider's default_tags count too",
  }),
  keysOf(
    "tags",
    { pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u, atMost: 128 },
    {
      must: "have a key of 1 to 128 letters, digits, spaces and _ . : / = + - @",
      fix: "shorten the key and replace other characters",
    },
  ),
  {
    must: "not differ from another key in case only: to IAM they are the same",
    fix: "keep one of the two",
    offenders: ({ tags }) => {
      const seen = new Set<string>();
      return entries(tags)
        .filter(([key]) => !isUnknown(key) && seen.size === seen.add(key.toLowerCase()).size)
        .map(([got]) => ({ input: "tags", got }));
    },
    terraform: {
      input: "tags",
      condition: `length(distinct([for key in ${keysInTerraform("tags")} : lower(key)])) == length(${keysInTerraform("tags")})`,
      got: keysInTerraform("tags"),
    },
  },
  {
    must: 'not have a key that begins with "aws:", which AWS keeps for itself',
    fix: "choose another prefix for the key",
    offenders: ({ tags }) =>
      entries(tags)
        .filter(([key]) => RESERVED_TAG_KEY.test(key))
        .map(([got]) => ({ input: "tags", got })),
    terraform: {
      input: "tags",
      condition: `!anytrue([for key in ${keysInTerraform("tags")} : ${matchesInTerraform(RESERVED_TAG_KEY, "key")}])`,
      got: `[for key in ${keysInTerraform("tags")} : key if ${matchesInTerraform(RESERVED_TAG_KEY, "key")}]`,
    },
  },
  valuesOf(
    "tags",
    { pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u, atMost: 256 },
    {
      must: "have a value of at most 256 letters, digits, spaces and _ . : / = + - @",
      fix: "shorten the value and replace other characters",
    },
  ),
  map("managedPolicies"),
  {
    must: "have keys that are known at synth, because each key is a resource address",
    fix: "write the map out with fixed keys; its values may be unknown",
    offenders: ({ managedPolicies }) =>
      isUnknown(managedPolicies) || Object.keys(managedPolicies ?? {}).some(isUnknown)
        ? [{ input: "managedPolicies", shown: "keys that are not known yet" }]
        : [],
    terraform: { needless: "Terraform itself refuses to iterate over unknown keys" },
  },
  {
    must: 'not use the key "access", under which the policy of `access` is found',
    fix: "choose another key",
    offenders: ({ managedPolicies }) =>
      entries(managedPolicies)
        .filter(([key]) => key === "access")
        .map(([key]) => ({ input: "managedPolicies", got: key })),
    terraform: {
      input: "managed_policies",
      condition: `!contains(${keysInTerraform("managedPolicies")}, "access")`,
      got: keysInTerraform("managedPolicies"),
    },
  },
  keysOf(
    "managedPolicies",
    { pattern: /^[\w+=,.@-]+$/, atMost: 128 },
    {
      must: "have a key of 1 to 128 characters of A-Z a-z 0-9 _ + = , . @ -",
      fix: "use the policy's name as its key",
    },
  ),
  valuesOf(
    "managedPolicies",
    { pattern: new RegExp(`^(${POLICY_ARN_PREFIX})?${POLICY_NAME_WITH_PATH}$`), atMost: 2048 },
    {
      must: "be the name of an AWS managed policy with its path, or the ARN of a policy",
      fix: 'write "service-role/NAME" or "NAME" (no leading slash) for an AWS managed policy, "arn:PARTITION:iam::ACCOUNT:policy/NAME" for your own',
    },
  ),
  ...Object.values(DEFAULT_MANAGED_POLICIES).map(wellKnownPath),
  {
    must: "name each policy once",
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
      condition: `length(distinct([for policy in ${valuesInTerraform("managedPolicies")} : try(replace(policy, "/^arn:[^:]+:iam::aws:policy\\\\//", ""), policy)])) == length(${valuesInTerraform("managedPolicies")})`,
      got: valuesInTerraform("managedPolicies"),
    },
  },
  atMost("managedPolicies", ATTACHMENTS_AT_MOST, {
    must: `be at most ${ATTACHMENTS_AT_MOST}, the most that AWS ever attaches to one role`,
    fix: "merge several policies into one of your own",
  }),
  ...ACCESS_RULES,
  ...TRUST_RULES,
];

/** AWS finds out about a wrong path at apply only, with "does not exist or is not attachable". */
function wellKnownPath(nameWithPath: string): Rule {
  const name = nameWithPath.replace(/^.*\//, "");
  const sameName = new RegExp(`^(arn:[^:]+:iam::aws:policy/)?([\\w+=,.@-]+/)*${name}$`);
  const right = new RegExp(`^(arn:[^:]+:iam::aws:policy/)?${nameWithPath}$`);
  const wrongInTerraform = `${matchesInTerraform(sameName, "policy")} && !${matchesInTerraform(right, "policy")}`;
  return {
    must: `name ${name} with the path that AWS gave it`,
    fix: `write "${nameWithPath}"`,
    offenders: ({ managedPolicies }) =>
      entries(managedPolicies)
        .filter(([, policy]) => matches(sameName, policy) && !matches(right, policy))
        .map(([key, got]) => ({ input: `managedPolicies["${key}"]`, got })),
    terraform: {
      input: "managed_policies",
      condition: `!anytrue([for policy in ${valuesInTerraform("managedPolicies")} : ${wrongInTerraform}])`,
      got: `[for policy in ${valuesInTerraform("managedPolicies")} : policy if ${wrongInTerraform}]`,
    },
  };
}
