import { TerraformLocal } from "cdktf";
import type { Construct } from "constructs";
import { unpacked } from "../unknown";

/** Puts a value where Terraform's language can refer to it, and says where; a later call replaces the value. */
export function localOf(scope: Construct, id: string, value: unknown): string {
  const local = (scope.node.tryFindChild(id) as TerraformLocal | undefined) ?? new TerraformLocal(scope, id, []);
  local.expression = value;
  return `local.${local.friendlyUniqueId}`;
}

/** The same for a list: flat, because an element may be a whole unknown list. */
export function flatListOf(scope: Construct, id: string, elements: readonly string[]): string {
  return `flatten(${localOf(scope, id, elements.map(unpacked))})`;
}
