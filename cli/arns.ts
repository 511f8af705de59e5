/** The account in an ARN; empty if it has none. */
export function accountOf(arn: string): string {
  return arn.split(":")[4] ?? "";
}

/** The name at the end of an ARN, such as that of a role without its path. */
export function nameIn(arn: string): string {
  return arn.split("/").at(-1) ?? "";
}
