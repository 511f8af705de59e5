import { TerraformDataSource, type TerraformResource } from "cdktf";

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
