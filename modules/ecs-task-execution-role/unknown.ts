import { type IResolvable, Token, Tokenization } from "cdktf";

/**
 * Whether Terraform, not we, will know this value: a CDKTF token, or an expression of Terraform's
 * language (`${...}`, `%{...}`) that somebody wrote by hand.
 */
export function isUnknown(value: unknown): boolean {
  return Token.isUnresolved(value) || (typeof value === "string" && (/[$%]\{/.test(value) || isUnknownList(value)));
}

/** A list however it was given: as an array, as one element, or as CDKTF's token for a whole list. */
export function asList(value: unknown): readonly string[] {
  return Token.isUnresolved(value) && typeof value === "object" && !Array.isArray(value)
    ? Token.asList(value)
    : ([value ?? []].flat() as string[]);
}

/** An element of a list as Terraform JSON takes it: CDKTF packs a whole unknown list into one string. */
export function unpacked(element: string): string | IResolvable {
  // Most texts are none, and CDKTF takes long to see that.
  return element.startsWith("#{") ? (Tokenization.reverseList([element]) ?? element) : element;
}

function isUnknownList(element: string): boolean {
  return unpacked(element) !== element;
}
