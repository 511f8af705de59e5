import { CouldNotCheck } from "./could-not-check";
import type { PolicyJson } from "./policy-json";

/** Strings, with the colon after the name of a member, and the ends of objects. */
const TOKENS = /[{}]|("(?:[^"\\]|\\.)*")(\s*:)?/g;

/** The characters that IAM takes. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
const REFUSED_CHARACTER = /[^\t\n\r\u0020-\u00FF]/;

/**
 * The policy document in a JSON text. IAM refuses an element that appears twice, of which `JSON.parse` would keep one.
 *
 * @param name of the policy, for the error.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(text: string, name: string): PolicyJson {
  const [character] = text.match(REFUSED_CHARACTER) ?? [];
  if (character !== undefined) {
    const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
    throw new CouldNotCheck(`IAM refuses ${name}: it contains the character U+${code}`);
  }
  try {
    const document = JSON.parse(text);
    const twice = memberTwice(text);
    if (twice === undefined) {
      return document;
    }
    throw new Error(`${twice} appears twice`);
  } catch (error) {
    throw new CouldNotCheck(`IAM refuses ${name}: ${(error as Error).message}`);
  }
}

/** The name that an object of valid JSON contains twice. */
function memberTwice(text: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [token, name, colon] of text.matchAll(TOKENS)) {
    if (token === "{") {
      open.push(new Set());
    } else if (token === "}") {
      open.pop();
    } else if (name !== undefined && colon !== undefined) {
      const key: string = JSON.parse(name);
      if (open.at(-1)?.has(key)) {
        return key;
      }
      open.at(-1)?.add(key);
    }
  }
  return undefined;
}
