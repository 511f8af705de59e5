import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TERRAFORM_MODULE_FOLDER } from "./package/terraform-module";
import { onPath, run, succeed } from "./tools/child-process";
import { runCommand } from "./tools/command-line";
import { NODE_WITH_TSX, PROJECT_ROOT } from "./tools/project";
import { findTerraform } from "./tools/terraform/terraform";

const usage = `Checks the Terraform module, its examples and synthesized stacks with the tools that Terraform teams use.

  npm run lint:terraform

Exit codes: 0 no findings, 1 findings, 2 unknown option, or a tool is not installed (the others run).`;

const NO_FINDING = 0;
const FINDING = 1;
const NOT_ALL_RAN = 2;

type Kind = "module" | "example" | "stack";

interface Linter {
  /** The command and its arguments. */
  readonly call: readonly string[];
  /** Where it runs. A tool that checks subfolders needs no separate run in the module's examples. */
  readonly in: readonly Kind[];
  /** Additional arguments for a synthesized stack, where cdktf decides the style. */
  readonly inStack?: readonly string[];
}

const words = (text: string) => text.split(" ");

const LINTERS: readonly Linter[] = [
  { call: words("terraform fmt -check -diff -recursive"), in: ["module"] },
  {
    call: words("checkov --directory . --framework terraform terraform_json secrets --compact --quiet --skip-download"),
    in: ["module", "stack"],
    // JSON has no comments to skip checks for what the examples omit: customer managed keys, rotation, log retention.
    inStack: ["--skip-check", "CKV_AWS_136,CKV_AWS_149,CKV_AWS_158,CKV_AWS_338,CKV2_AWS_57"],
  },
  {
    call: [
      ...words("trivy config --exit-code 1 --quiet --misconfig-scanners terraform"),
      ...words("--skip-check-update --skip-version-check --disable-telemetry ."),
    ],
    in: ["module", "stack"],
    // Findings of lower severity are about customer managed keys.
    inStack: ["--severity=MEDIUM,HIGH,CRITICAL", `--ignorefile=${join(PROJECT_ROOT, ".trivyignore")}`],
  },
  {
    call: ["tflint", "--config", join(PROJECT_ROOT, ".tflint.hcl")],
    in: ["module", "example", "stack"],
    // cdktf names resources, writes one file and leaves required_version to the app.
    inStack: ["naming_convention", "standard_module_structure", "required_version"].map(
      (rule) => `--disable-rule=terraform_${rule}`,
    ),
  },
  {
    call: words("terraform-config-inspect ."),
    in: ["module", "example", "stack"],
  },
  // Last, because init leaves a .terraform folder that the other tools would scan.
  { call: words("terraform init -backend=false -input=false"), in: ["module", "example", "stack"] },
  { call: words("terraform validate -no-color"), in: ["module", "example", "stack"] },
];

interface Configuration {
  readonly kind: Kind;
  readonly path: string;
}

const APPS = ["main.ts", "examples/container-definitions/main.ts"];

/** Copies of the module and of its examples, and synthesized stacks, in a folder. */
async function configurationsIn(folder: string): Promise<readonly Configuration[]> {
  const module = join(folder, "module");
  await cp(TERRAFORM_MODULE_FOLDER, module, { recursive: true });
  const examples = (await readdir(join(module, "examples"))).map((name) => join(module, "examples", name));
  const stacks = await Promise.all(APPS.map((app) => synthesized(app, join(folder, app.replaceAll("/", "-")))));
  return [
    { kind: "module", path: module },
    ...examples.map((path): Configuration => ({ kind: "example", path })),
    ...stacks.map((path): Configuration => ({ kind: "stack", path })),
  ];
}

async function synthesized(app: string, output: string): Promise<string> {
  const env = { ...process.env, CDKTF_OUTDIR: output };
  succeed(await run(process.execPath, [...NODE_WITH_TSX, join(PROJECT_ROOT, app)], { cwd: PROJECT_ROOT, env }));
  const [stack = ""] = await readdir(join(output, "stacks"));
  return join(output, "stacks", stack);
}

async function lint(folder: string): Promise<number> {
  console.log("Synthesizing ...");
  const configurations = await configurationsIn(folder);
  const env = { ...process.env, ...(await findTerraform()).environment };
  const results = [NO_FINDING];
  for (const { call, in: kinds, inStack = [] } of LINTERS) {
    const [command = "", ...args] = call;
    if (!onPath(command)) {
      console.log(`missing  ${command}: not installed; .github/workflows/ci.yml installs it`);
      results.push(NOT_ALL_RAN);
      continue;
    }
    for (const { kind, path } of configurations.filter((one) => kinds.includes(one.kind))) {
      const { code, output } = await run(command, [...args, ...(kind === "stack" ? inStack : [])], { cwd: path, env });
      console.log(`${code === 0 ? "ok     " : "FINDING"}  ${command} ${args[0]}: ${path.slice(folder.length + 1)}`);
      if (code !== 0) {
        console.log(output);
        results.push(FINDING);
      }
    }
  }
  return results.includes(FINDING) ? FINDING : Math.max(...results);
}

void runCommand({ usage, failed: NOT_ALL_RAN }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "lint-terraform-"));
  try {
    return await lint(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
