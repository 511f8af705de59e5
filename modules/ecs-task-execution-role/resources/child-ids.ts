/*
 * The ids of the construct's children, of which CDKTF makes the resource addresses. Another id would replace the
 * resource in every stack.
 */

export const PARTITION_ID = "partition";
export const ASSUME_ROLE_POLICY_ID = "assume-role-policy";
export const ACCESS_ID = "access";

/** CDKTF leaves this id out of an address. */
export const MAIN_RESOURCE_ID = "Resource";

export function managedPolicyId(key: string): string {
  return `managed-${key}`;
}
