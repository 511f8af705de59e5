import type { EcsTaskExecutionRoleProps } from "./props";
import { RULES } from "./rules";

/**
 * Holds the props of one role against every rule.
 *
 * @throws Error with all faults of the role: its construct path, and for each fault the input,
 * the value got, the rule and the fix.
 */
export function checkProps(constructPath: string, props: EcsTaskExecutionRoleProps): void {
  const faults = RULES.flatMap((rule) =>
    rule
      .offenders(props)
      .map(({ input, got }) => `  - ${input}: got ${show(got)}; must ${rule.must}. Fix: ${rule.fix}.`),
  );
  if (faults.length === 0) {
    return;
  }
  throw new Error(
    [`EcsTaskExecutionRole "${constructPath}" has input that is not valid, nothing was created:`, ...faults].join("\n"),
  );
}

function show(got: unknown): string {
  return typeof got === "string" ? `${JSON.stringify(got)} (${got.length} characters)` : String(JSON.stringify(got));
}
