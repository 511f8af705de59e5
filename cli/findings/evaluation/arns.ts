/** The account that an ARN names; empty where it names none. */
export function accountOf(arn: string): string {
  return arn.split(":")[4] ?? "";
}
