import {
  APPENDED_TO_PREFIX,
  DESCRIPTION_AT_MOST,
  PATH_AT_MOST,
  ROLE_NAME_AT_MOST,
  ROLE_NAME_PREFIX_AT_MOST,
  SESSION_SECONDS,
} from "../aws/limits";
import { PROP_NAMES } from "../inputs/role-arguments";
import { isUnknown } from "../unknown";
import { ACCESS_RULES } from "./access-rules";
import { CONTAINER_RULES } from "./container-rules";
import { MANAGED_POLICY_RULES, POLICY_ARN } from "./managed-policy-rules";
import { type Rule, TRUE_OR_FALSE } from "./rule";
import { TAG_RULES } from "./tag-rules";
import { TRUST_RULES } from "./trust-rules";

/**
 * Every rule on the inputs.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
export const RULES: readonly Rule[] = [
  { onlyProps: PROP_NAMES, must: `be one of ${PROP_NAMES.join(", ")}`, fix: "correct the prop's name" },
  {
    text: "roleName",
    format: { pattern: /^[\w+=,.@-]+$/, atMost: ROLE_NAME_AT_MOST },
    must: `be 1 to ${ROLE_NAME_AT_MOST} characters from A-Z a-z 0-9 _ + = , . @ -`,
    fix: "shorten it and replace other characters, or omit it to let Terraform generate a unique name",
  },
  {
    text: "roleNamePrefix",
    format: { pattern: /^[\w+=,.@-]+$/, atMost: ROLE_NAME_PREFIX_AT_MOST },
    must: `be 1 to ${ROLE_NAME_PREFIX_AT_MOST} characters from A-Z a-z 0-9 _ + = , . @ - (Terraform appends ${APPENDED_TO_PREFIX})`,
    fix: "shorten it and replace other characters",
  },
  {
    must: "not be set together with a role name prefix",
    fix: "set either the name or the prefix, not both",
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
  {
    text: "path",
    format: { pattern: /^\/([\x21-\x7E]+\/)?$/, atMost: PATH_AT_MOST },
    must: `be "/" or 3 to ${PATH_AT_MOST} characters without spaces that begin and end with "/"`,
    fix: 'use a path such as "/ecs/orders/"',
  },
  {
    text: "description",
    format: { pattern: /^[\t\n\r\x20-\x7E\u00A1-\u00FF]*$/, atMost: DESCRIPTION_AT_MOST },
    must: `be at most ${DESCRIPTION_AT_MOST} Latin-1 characters`,
    fix: "shorten it, and replace typographic quotes and dashes with plain ones (\" ' -)",
  },
  {
    number: "maxSessionDuration",
    ...SESSION_SECONDS,
    must: `be a whole number of seconds from ${SESSION_SECONDS.from} to ${SESSION_SECONDS.to} (1 to 12 hours)`,
    fix: "set the number of seconds, such as 7200 for 2 hours",
  },
  {
    text: "permissionsBoundary",
    format: POLICY_ARN,
    must: "be the ARN of an IAM policy",
    fix: 'write "arn:PARTITION:iam::ACCOUNT:policy/NAME", with your 12-digit account ID',
  },
  { isSwitch: "exclusive", ...TRUE_OR_FALSE },
  ...TAG_RULES,
  ...MANAGED_POLICY_RULES,
  ...ACCESS_RULES,
  ...CONTAINER_RULES,
  ...TRUST_RULES,
];
