import { ROLE_FACTS } from "./facts";

/*
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */

export const ATTACHMENTS_BY_DEFAULT = 10;
export const ATTACHMENTS_AT_MOST = ROLE_FACTS.managed_policies.count.at_most;

/** Excluding white space. */
export const POLICY_CHARACTERS_AT_MOST = ROLE_FACTS.role.access_policy.at_most;
