import { Token } from "cdktf";

/**
 * Whether Terraform, not we, will know this value: a CDKTF token, or a `${...}` expression that
 * somebody wrote by hand.
 */
export function isUnknown(value: unknown): boolean {
  return Token.isUnresolved(value) || (typeof value === "string" && value.includes("${"));
}
