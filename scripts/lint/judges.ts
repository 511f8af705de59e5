import { join } from "node:path";
import { PROJECT_ROOT } from "../parts/project";

/** A tool that other people's configurations are held against too. */
export interface Judge {
  readonly name: string;
  readonly command: string;
  /** Where it is had. */
  readonly install: string;
  /** Whether it looks below a folder by itself, so that the module's examples need no run of their own. */
  readonly isRecursive: boolean;
  /** Whether it is about the module only, not about a synthesized stack. */
  readonly ofModule?: boolean;
  readonly args: readonly string[];
  /** For a synthesized stack in addition: what it has is cdktf's way. */
  readonly stackArgs?: readonly string[];
}

const TERRAFORM = "https://developer.hashicorp.com/terraform/install";

/** Each runs in the folder that it judges. */
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
    // JSON has no comments to suppress what an example does without: keys of its own, rotation, logs of a year.
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
    // The lower ones are about keys of one's own.
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
  // The last, because it leaves a folder that others would look into.
  {
    name: "terraform validate",
    command: "terraform",
    install: TERRAFORM,
    isRecursive: false,
    args: ["validate", "-no-color"],
  },
];
