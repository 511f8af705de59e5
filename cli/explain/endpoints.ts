/** The VPC endpoints behind the calls that ECS makes to start a task. */
const ENDPOINTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\becr\b|\bdkr\b|CannotPull(?!.*starport)/i, ["ecr.api", "ecr.dkr", "s3"]],
  [/from asm|secretsmanager|secrets manager/i, ["secretsmanager"]],
  [/\bssm\b|systems manager/i, ["ssm"]],
  [/log ?stream|log group|logger args|cloudwatch|\blogs\b/i, ["logs"]],
  [/env(ironment)? (variable )?files?|\bs3\b|starport/i, ["s3"]],
];

const LIST = new Intl.ListFormat("en-GB");

/** In words: the endpoints that the reason points to, or all. */
export function endpointsIn(text: string, region: string): string {
  const hinted = ENDPOINTS.filter(([pattern]) => pattern.test(text));
  const names = [...new Set((hinted.length > 0 ? hinted : ENDPOINTS).flatMap(([, services]) => services))];
  const shown = names.map((name) => `com.amazonaws.${region}.${name}${name === "s3" ? " (gateway)" : ""}`);
  return `VPC endpoint${names.length > 1 ? "s" : ""} ${LIST.format(shown)}`;
}
