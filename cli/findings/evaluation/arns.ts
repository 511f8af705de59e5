/** The account in an ARN; empty if it has none. */
export function accountOf(arn: string): string {
  return arn.split(":")[4] ?? "";
}
