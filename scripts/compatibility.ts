import { join } from "node:path";
import { WrongUsage } from "../cli/could-not-check";
import { table } from "./docs/markdown";
import { run } from "./parts/child-process";
import { runCommand } from "./parts/command-line";
import { NODE_WITH_TSX, PROJECT_ROOT } from "./parts/project";
import { findTerraform } from "./parts/terraform/terraform";

const usage = `Runs this project with other versions of Terraform or OpenTofu and of the AWS provider, and prints a table.

  npm run compatibility -- --terraform PATH [--terraform PATH ...] [--mirror FOLDER ...] [--end-to-end]

  --terraform PATH   a Terraform or OpenTofu binary; each binary runs with each mirror
  --mirror FOLDER    a provider mirror, as npm run mirror creates it; default: the one that the demo finds
  --end-to-end       also run all end-to-end tests (Terraform 1.10 or later)

Exit code 0: all passed, 1: a check failed, 2: wrong usage, or Terraform or the AWS provider was not found.`;

const PASSED = 0;
const FAILED = 1;
const NOT_FOUND = 2;

/** One column of the table. */
interface Check {
  readonly name: string;
  /** Node's arguments. */
  readonly args: readonly string[];
  /** The lowest minor version of Terraform or OpenTofu 1 that has what the check needs. */
  readonly from?: number;
}

const tests = (...args: string[]) => [join(PROJECT_ROOT, "node_modules/jest/bin/jest.js"), "--selectProjects", ...args];

const CHECKS: readonly Check[] = [
  { name: "demo", args: [...NODE_WITH_TSX, join(PROJECT_ROOT, "scripts", "demo.ts")] },
  { name: "every input: known, unknown, sensitive; the examples", args: tests("versions") },
  {
    name: "the module's own tests",
    args: tests("end-to-end", "--testNamePattern", "passes its own terraform test"),
    from: 7,
  },
];

const END_TO_END: Check = { name: "end-to-end tests", args: tests("end-to-end"), from: 10 };

/** Runs the checks with the versions that the environment names, and returns a row of the table. */
async function rowOf(checks: readonly Check[]): Promise<string[]> {
  const { product, version, awsProviderVersion } = await findTerraform();
  const row = [`${product} ${version}`, awsProviderVersion];
  for (const { name, args, from = 0 } of checks) {
    const began = Date.now();
    const result = Number(version.split(".")[1]) < from ? `needs 1.${from}` : await resultOf(args);
    row.push(result);
    console.log(`${row[0]}, AWS provider ${row[1]}, ${name}: ${result} (${Math.round((Date.now() - began) / 1000)} s)`);
  }
  return row;
}

/** A skipped test counts as a failure. */
async function resultOf(args: readonly string[]): Promise<string> {
  // The version tests target an old Terraform, and read its path from their own variable.
  const env = { ...process.env, CI: "true", TERRAFORM_1_5: process.env.TERRAFORM_BINARY_NAME };
  const { code, output } = await run(process.execPath, args, { cwd: PROJECT_ROOT, env });
  const [, count = "", failed = ""] = output.match(/^(\d+) passed, (\d+) failed/m) ?? [];
  if (code !== 0) {
    console.log(output);
    return ["failed", failed].join(" ").trim();
  }
  // A single test is the check itself.
  return Number(count) > 1 ? `${count} passed` : "passed";
}

const options = {
  terraform: { type: "string", multiple: true },
  mirror: { type: "string", multiple: true },
  "end-to-end": { type: "boolean" },
} as const;

void runCommand({ usage, options, failed: NOT_FOUND }, async ({ terraform, mirror = [""], "end-to-end": all }) => {
  if (!terraform) {
    throw new WrongUsage("Set --terraform to the path of a Terraform or OpenTofu binary");
  }
  const checks = all ? [...CHECKS, END_TO_END] : CHECKS;
  const rows: string[][] = [];
  for (const TERRAFORM_BINARY_NAME of terraform) {
    for (const folder of mirror) {
      Object.assign(process.env, { TERRAFORM_BINARY_NAME, ...(folder && { TF_PROVIDER_MIRROR: folder }) });
      rows.push(await rowOf(checks));
    }
  }
  console.log(`\nRun on ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}:\n`);
  console.log(table(["", "AWS provider", ...checks.map(({ name }) => name)], rows));
  return rows.flat().some((cell) => cell.startsWith("failed")) ? FAILED : PASSED;
});
