/*
 * The IDs of the construct's children, from which CDKTF derives the resource addresses. Changing an ID would replace
 * the resource in every stack.
 */

export const PARTITION_ID = "partition";
export const ASSUME_ROLE_POLICY_ID = "assume-role-policy";
export const ACCESS_ID = "access";

/** CDKTF omits this ID from resource addresses. */
export const MAIN_RESOURCE_ID = "Resource";

export function managedPolicyId(key: string): string {
  return `managed-${key}`;
}
