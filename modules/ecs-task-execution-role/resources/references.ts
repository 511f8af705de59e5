import { TerraformDataSource, TerraformLocal, type TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { unpacked } from "../unknown";

/**
 * An attribute of a resource, for another resource of the same construct. CDKTF's own references are
 * for use between stacks: each records a stack trace, which for many roles is most of the time.
 */
export function ownAttribute(of: TerraformResource | TerraformDataSource, attribute: string): string {
  const kind = of instanceof TerraformDataSource ? "data." : "";
  return `\${${kind}${of.terraformResourceType}.${of.friendlyUniqueId}.${attribute}}`;
}

/**
 * Reads an attribute of a resource when somebody asks for it, and once. CDKTF records a stack trace
 * with each reference, which for many roles is most of the time; and other stacks only know a
 * reference that stays the same.
 */
export function once(read: () => string): () => string {
  let reference: string | undefined;
  return () => {
    reference ??= read();
    return reference;
  };
}

/** Adds a reference to a map, read in the same way. */
export function defineReference(map: Readonly<Record<string, string>>, key: string, read: () => string): void {
  Object.defineProperty(map, key, { enumerable: true, get: once(read) });
}

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
