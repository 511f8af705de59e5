import { TerraformDataSource, type TerraformResource } from "cdktf";

/**
 * An attribute of a resource, for another resource of the same construct. CDKTF's own references are
 * for use between stacks: each records a stack trace, which for many roles is most of the time.
 */
export function ownAttribute(of: TerraformResource | TerraformDataSource, attribute: string): string {
  const kind = of instanceof TerraformDataSource ? "data." : "";
  return `\${${kind}${of.terraformResourceType}.${of.friendlyUniqueId}.${attribute}}`;
}
