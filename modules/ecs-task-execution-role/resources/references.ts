import { TerraformDataSource, TerraformLocal, type TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/**
 * Refers to an attribute of a resource from another resource in the same construct. CDKTF's own references also work
 * across stacks, but each records a stack trace, which takes most of the synth time in apps with many roles.
 */
export function ownAttribute(of: TerraformResource | TerraformDataSource, attribute: string): string {
  return `\${${addressOf(of)}.${attribute}}`;
}

/** The address of a resource within its stack, as `depends_on` takes it. */
export function addressOf(of: TerraformResource | TerraformDataSource): string {
  const kind = of instanceof TerraformDataSource ? "data." : "";
  return `${kind}${of.terraformResourceType}.${of.friendlyUniqueId}`;
}

/**
 * Reads an attribute of a resource lazily, and only once. CDKTF records a stack trace with each reference, which takes
 * most of the synth time in apps with many roles, and references across stacks must not change.
 */
export function once(read: () => string): () => string {
  let reference: string | undefined;
  return () => {
    reference ??= read();
    return reference;
  };
}

/** Adds a reference to a map, read lazily and only once. */
export function defineReference(map: Readonly<Record<string, string>>, key: string, read: () => string): void {
  Object.defineProperty(map, key, { enumerable: true, get: once(read) });
}

/** Stores a value in a Terraform local and returns a reference to it. A later call replaces the value. */
export function localOf(scope: Construct, id: string, value: unknown): string {
  const local = (scope.node.tryFindChild(id) as TerraformLocal | undefined) ?? new TerraformLocal(scope, id, []);
  local.expression = value;
  return `local.${local.friendlyUniqueId}`;
}
