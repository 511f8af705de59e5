import { type IResolvable, Token, Tokenization } from "cdktf";
import { Unknown } from "./unknown-value";

/**
 * Whether this value is unknown at synth: a CDKTF token, or a handwritten Terraform expression (`${...}`, `%{...}`).
 */
export function isUnknown(value: unknown): boolean {
  return (
    value instanceof Unknown ||
    Token.isUnresolved(value) ||
    (typeof value === "string" && (/[$%]\{/.test(value) || isUnknownList(value)))
  );
}

/** Converts an array, a single element or CDKTF's token for a whole list to a list. */
export function asList(value: unknown): readonly string[] {
  return Token.isUnresolved(value) && typeof value === "object" && !Array.isArray(value)
    ? Token.asList(value)
    : ([value ?? []].flat() as string[]);
}

/** A list element in the form that Terraform JSON takes. CDKTF encodes an unknown list as a single string. */
export function unpacked(element: string): string | IResolvable {
  // Most strings are not encoded lists, and CDKTF is slow to detect that.
  return element.startsWith("#{") ? (Tokenization.reverseList([element]) ?? element) : element;
}

function isUnknownList(element: string): boolean {
  return unpacked(element) !== element;
}
