import { join } from "node:path";
import { run } from "../parts/child-process";
import { NODE_WITH_TSX, PROJECT_ROOT } from "../parts/project";
import type { Terraform } from "../parts/terraform/terraform";

/** One column of the table of versions. */
export interface Check {
  readonly name: string;
  /** Node's arguments. */
  readonly args: readonly string[];
  /** The lowest version of Terraform or OpenTofu that has what the check needs. */
  readonly from?: readonly [major: number, minor: number];
  /** Whether it takes minutes, so that it runs only on request. */
  readonly onRequest?: boolean;
}

const jest = (...args: string[]) => [join(PROJECT_ROOT, "node_modules/jest/bin/jest.js"), ...args];

export const CHECKS: readonly Check[] = [
  { name: "demo", args: [...NODE_WITH_TSX, join(PROJECT_ROOT, "scripts", "demo.ts")] },
  { name: "every input: known, unknown, sensitive; the examples", args: jest("--selectProjects", "versions") },
  {
    name: "the module's own tests",
    args: jest("--selectProjects", "end-to-end", "--testNamePattern", "passes its own terraform test"),
    from: [1, 7],
  },
  { name: "end-to-end tests", args: jest("--selectProjects", "end-to-end"), from: [1, 10], onRequest: true },
];

export function isFrom({ from = [0, 0] }: Check, { version }: Pick<Terraform, "version">): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > from[0] || (major === from[0] && minor >= from[1]);
}

/** Runs a check. A skipped test counts as a failure. */
export async function runCheck({ args }: Check) {
  // The version tests target an old Terraform, and read its path from their own variable.
  const env = { ...process.env, CI: "true", TERRAFORM_1_5: process.env.TERRAFORM_BINARY_NAME };
  const { code, output } = await run(process.execPath, args, { cwd: PROJECT_ROOT, env });
  const [, count, failed] = output.match(/^(\d+) passed, (\d+) failed/m) ?? [];
  const passed = code === 0;
  // A single test is the check itself.
  const result = passed ? (Number(count) > 1 ? `${count} passed` : "passed") : failed ? `failed: ${failed}` : "failed";
  return { passed, result, output };
}
