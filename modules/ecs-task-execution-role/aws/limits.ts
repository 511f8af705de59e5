/*
 * IAM quotas, in characters unless noted otherwise, followed by those of ECS and CloudWatch Logs.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */

export const ROLE_NAME_AT_MOST = 64;

/** The AWS provider appends 26 characters to a prefix. */
export const APPENDED_TO_PREFIX = 26;
export const ROLE_NAME_PREFIX_AT_MOST = ROLE_NAME_AT_MOST - APPENDED_TO_PREFIX;

export const PATH_AT_MOST = 512;

export const DESCRIPTION_AT_MOST = 1000;

/** The range of a role's maximum session duration. */
export const SESSION_SECONDS = { from: 3600, to: 43200 };

export const POLICY_ARN_AT_MOST = 2048;

export const ATTACHMENTS_BY_DEFAULT = 10;
export const ATTACHMENTS_AT_MOST = 20;

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html */
export const TAGS_AT_MOST = 50;
export const TAG_KEY_AT_MOST = 128;
export const TAG_VALUE_AT_MOST = 256;

/** Excluding white space. */
export const POLICY_CHARACTERS_AT_MOST = 6144;

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
export const CONTAINERS_AT_MOST = 10;

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
export const LOG_GROUP_AT_MOST = 512;
