import { join } from "node:path";
import { PROJECT_ROOT } from "../parts/project";

/** A tool that Terraform teams check their configurations with. */
export interface Judge {
  readonly name: string;
  readonly command: string;
  /** How to install it. */
  readonly install: string;
  /** Whether it also checks subfolders, so that the module's examples need no separate run. */
  readonly isRecursive: boolean;
  /** Whether it checks only the module, not a synthesized stack. */
  readonly ofModule?: boolean;
  readonly args: readonly string[];
  /** Additional arguments for a synthesized stack, where cdktf decides the style. */
  readonly stackArgs?: readonly string[];
}

const TERRAFORM = "https://developer.hashicorp.com/terraform/install";

/** Each runs in the folder that it checks. */
export const JUDGES: readonly Judge[] = [
  {
    name: "terraform fmt",
    command: "terraform",
    install: TERRAFORM,
    isRecursive: true,
    ofModule: true,
    args: ["fmt", "-check", "-diff", "-recursive"],
  },
  {
    name: "checkov",
    command: "checkov",
    install: "pip install checkov",
    isRecursive: true,
    args: [
      "--directory",
      ".",
      "--framework",
      "terraform",
      "terraform_json",
      "secrets",
      "--compact",
      "--quiet",
      "--skip-download",
    ],
    // JSON has no comments to skip checks for what the examples omit: customer managed keys, rotation, log retention.
    stackArgs: ["--skip-check", "CKV_AWS_136,CKV_AWS_149,CKV_AWS_158,CKV_AWS_338,CKV2_AWS_57"],
  },
  {
    name: "trivy",
    command: "trivy",
    install: "https://trivy.dev",
    isRecursive: true,
    args: [
      ...["config", "--exit-code", "1", "--quiet", "--misconfig-scanners", "terraform"],
      ...["--skip-check-update", "--skip-version-check", "--disable-telemetry", "."],
    ],
    // Findings of lower severity are about customer managed keys.
    stackArgs: ["--severity=MEDIUM,HIGH,CRITICAL", `--ignorefile=${join(PROJECT_ROOT, ".trivyignore")}`],
  },
  {
    name: "tflint",
    command: "tflint",
    install: "https://github.com/terraform-linters/tflint, then tflint --init",
    isRecursive: false,
    args: ["--config", join(PROJECT_ROOT, ".tflint.hcl")],
    // cdktf names resources, writes one file and leaves required_version to the app.
    stackArgs: ["naming_convention", "standard_module_structure", "required_version"].map(
      (rule) => `--disable-rule=terraform_${rule}`,
    ),
  },
  {
    name: "terraform-config-inspect",
    command: "terraform-config-inspect",
    install: "go install github.com/hashicorp/terraform-config-inspect@latest",
    isRecursive: false,
    args: ["."],
  },
  {
    name: "terraform-docs",
    command: "terraform-docs",
    install: "https://terraform-docs.io",
    isRecursive: true,
    ofModule: true,
    args: ["markdown", "table", "--output-file", "README.md", "--output-check", "."],
  },
  // Last, because it leaves a .terraform folder that the other tools would scan.
  {
    name: "terraform validate",
    command: "terraform",
    install: TERRAFORM,
    isRecursive: false,
    args: ["validate", "-no-color"],
  },
];
