import { WrongUsage } from "../cli/could-not-check";
import { CHECKS, type Check, isFrom, runCheck } from "./compatibility/checks";
import { table } from "./docs/markdown";
import { runCommand } from "./parts/command-line";
import { findTerraform, type Terraform } from "./parts/terraform/terraform";

const usage = `Runs this project with other versions of Terraform or OpenTofu and of the AWS provider, and prints a table.

  npm run compatibility -- --terraform PATH [--terraform PATH ...] [--mirror FOLDER ...] [--end-to-end]

  --terraform PATH   a Terraform or OpenTofu binary; each binary runs with each mirror
  --mirror FOLDER    a provider mirror, as npm run mirror creates it; default: the one that the demo finds
  --end-to-end       also run all end-to-end tests (Terraform 1.10 or later)

Exit code 0: all passed, 1: a check failed, 2: wrong usage, or Terraform or the AWS provider was not found.`;

const PASSED = 0;
const FAILED = 1;
const NOT_FOUND = 2;

interface Options {
  readonly terraform: readonly string[];
  readonly mirror: readonly string[];
  readonly endToEnd: boolean;
}

async function compare({ terraform: binaries, mirror: mirrors, endToEnd }: Options): Promise<number> {
  const checks = CHECKS.filter(({ onRequest }) => endToEnd || !onRequest);
  const rows: string[][] = [];
  for (const [TERRAFORM_BINARY_NAME, TF_PROVIDER_MIRROR] of pairs(binaries, mirrors)) {
    Object.assign(process.env, { TERRAFORM_BINARY_NAME, TF_PROVIDER_MIRROR });
    const terraform = await findTerraform();
    const results: string[] = [];
    for (const check of checks) {
      results.push(await resultOf(check, terraform));
    }
    rows.push([`${terraform.product} ${terraform.version}`, terraform.awsProviderVersion, ...results]);
  }
  const date = new Date().toISOString().slice(0, 10);
  console.log(`\nRun on ${date}, Node ${process.versions.node}:\n`);
  console.log(table(["", "AWS provider", ...checks.map(({ name }) => name)], rows));
  return rows.flat().some((cell) => cell.startsWith("failed")) ? FAILED : PASSED;
}

function pairs<A, B>(some: readonly A[], others: readonly B[]): [A, B][] {
  return some.flatMap((one) => others.map((other): [A, B] => [one, other]));
}

async function resultOf(check: Check, terraform: Terraform): Promise<string> {
  if (!isFrom(check, terraform)) {
    return `needs ${check.from?.join(".")}`;
  }
  const { product, version, awsProviderVersion } = terraform;
  process.stdout.write(`${product} ${version}, AWS provider ${awsProviderVersion}: ${check.name} ...`);
  const began = Date.now();
  const { passed, result, output } = await runCheck(check);
  console.log(` ${result} (${((Date.now() - began) / 1000).toFixed(0)} s)`);
  if (!passed) {
    console.log(output);
  }
  return result;
}

const options = {
  terraform: { type: "string", multiple: true },
  mirror: { type: "string", multiple: true },
  "end-to-end": { type: "boolean" },
} as const;

void runCommand(
  { usage, options, failed: NOT_FOUND },
  async ({ terraform, mirror, "end-to-end": endToEnd = false }) => {
    if (!terraform) {
      throw new WrongUsage("Set --terraform to the path of a Terraform or OpenTofu binary");
    }
    return compare({ terraform, mirror: mirror ?? [process.env.TF_PROVIDER_MIRROR ?? ""], endToEnd });
  },
);
