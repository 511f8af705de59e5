import { TerraformLocal } from "cdktf";
import type { Construct } from "constructs";
import { unpacked } from "../unknown";

/**
 * Puts a list that holds something not known yet where Terraform's language can refer to it, and
 * says where: flat, because an element may be a whole unknown list.
 */
export function flatListOf(scope: Construct, id: string, elements: readonly string[]): string {
  const local = (scope.node.tryFindChild(id) as TerraformLocal | undefined) ?? new TerraformLocal(scope, id, []);
  local.expression = elements.map(unpacked);
  return `flatten(local.${local.friendlyUniqueId})`;
}
