/** Writes the members of an object, one on each line. */
export type WriteMembers = (members: readonly (readonly [string, unknown])[], indent: string) => string;

/** A value in a language that writes strings and lists as JSON does. */
export function literal(value: unknown, indent: string, write: WriteMembers): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return `[\n${value.map((one) => `${inner}${literal(one, inner, write)},\n`).join("")}${indent}]`;
  }
  if (typeof value !== "object" || value === null) {
    return typeof value === "string" ? quoted(value) : String(value);
  }
  const members = write(Object.entries(value), inner);
  return members === "" ? "{}" : `{\n${members}${indent}}`;
}

/** A string in which Terraform finds no expression, in HCL, in JSON and in TypeScript. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[$%](?=\{)/g, "$&$&");
}
