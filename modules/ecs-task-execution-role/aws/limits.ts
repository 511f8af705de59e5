/*
 * What IAM allows.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */

export const ATTACHMENTS_BY_DEFAULT = 10;
export const ATTACHMENTS_AT_MOST = 20;

export const TAGS_AT_MOST = 50;

/** Without white space. */
export const POLICY_CHARACTERS_AT_MOST = 6144;

/** How long a session of a role may last. */
export const SESSION_SECONDS = { from: 3600, to: 43200 };
