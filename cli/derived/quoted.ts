/** A string in which Terraform finds no expression, in HCL, in JSON and in TypeScript. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(/[$%](?=\{)/g, "$&$&");
}
