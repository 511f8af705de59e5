import { ROLE_FACTS } from "./facts";

/*
 * IAM quotas, in characters unless noted otherwise.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */

const { role, tags, managed_policies } = ROLE_FACTS;

export const ROLE_NAME_AT_MOST = role.role_name.at_most;
export const ROLE_NAME_PREFIX_AT_MOST = role.role_name_prefix.at_most;
export const PATH_AT_MOST = role.path.at_most;
export const DESCRIPTION_AT_MOST = role.description.at_most;

/** The range of a role's maximum session duration. */
export const SESSION_SECONDS = { from: role.max_session_duration.from, to: role.max_session_duration.at_most };

export const ATTACHMENTS_BY_DEFAULT = 10;
export const ATTACHMENTS_AT_MOST = managed_policies.count.at_most;

export const TAGS_AT_MOST = tags.count.at_most;
export const TAG_KEY_AT_MOST = tags.key.at_most;
export const TAG_VALUE_AT_MOST = tags.value.at_most;

/** Excluding white space. */
export const POLICY_CHARACTERS_AT_MOST = role.access_policy.at_most;
