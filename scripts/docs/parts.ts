import { version } from "../../package.json";
import { checkSample, deriveSample, policyToRead, usage } from "./command/samples";
import { drawing, excerpt, importBlocks, moduleBlock, overrides, providerVersion, wholeFile } from "./examples";
import type { GeneratedPart } from "./generated-part";
import { modesTable } from "./modes";
import {
  accessTable,
  checkRulesTable,
  inputsTable,
  otherCausesTable,
  outputsTable,
  stoppedReasonsTable,
} from "./tables";
import { TERRAFORM_TABLES } from "./terraform-reference";
import { referenceOf } from "./typescript-reference";

const MODULE = "modules/ecs-task-execution-role";
const MODULE_PAGE = `${MODULE}/README.md`;
const VERSIONS = "docs/versions.md";
const FEATURES = "docs/features.md";
const TROUBLESHOOTING = "docs/troubleshooting.md";
const CHANGING = "docs/changing-a-role.md";
const TERRAFORM_REFERENCE = "docs/terraform.md";
const TERRAFORM_PAGE = `${MODULE}/terraform/README.md`;
const MODULE_EXAMPLES = `../${MODULE}/terraform/examples`;
const CONTAINERS = `${MODULE_EXAMPLES}/container-definitions/main.tf`;
const COMPLETE = `${MODULE_EXAMPLES}/complete/main.tf`;
const CLI_PAGE = "cli/README.md";
const EXISTING = "docs/existing-roles.md";

/** The source of a module block in the documentation: the registry or a folder. */
const REGISTRY = `  source  = "OWNER/ecs-task-execution-role/aws"\n  version = "${version}"`;
const FOLDER = '  source = "./ecs-task-execution-role"';

/** Every generated part of the documentation. */
export const PARTS: readonly GeneratedPart[] = [
  { file: VERSIONS, name: "overrides", text: () => overrides("fargate-service/package.json") },
  { file: VERSIONS, name: "provider version", text: providerVersion },
  { file: "README.md", name: "quick start", text: () => wholeFile("quick-start/main.ts") },
  { file: "README.md", name: "picture", text: () => drawing("quick-start/main.ts") },
  {
    file: "README.md",
    name: "quick start in Terraform",
    text: () => wholeFile("quick-start/main.tf", REGISTRY),
  },
  { file: FEATURES, name: "least privilege", text: () => excerpt("least-privilege/main.ts", "README") },
  { file: FEATURES, name: "grant", text: () => excerpt("least-privilege/main.ts", "README-GRANT") },
  { file: FEATURES, name: "picture", text: () => drawing("container-definitions/main.ts") },
  { file: FEATURES, name: "what each mode may do", text: modesTable },
  { file: FEATURES, name: "compose", text: () => excerpt("fargate-service/service-stack.ts", "README") },
  { file: CHANGING, name: "adopt", text: () => excerpt("adopt-existing-role/main.ts", "README") },
  { file: TROUBLESHOOTING, name: "stopped reasons", text: stoppedReasonsTable },
  { file: TROUBLESHOOTING, name: "other causes", text: otherCausesTable },
  { file: CLI_PAGE, name: "check output", text: checkSample },
  ...["check", "derive", "explain", "verify", "picture"].map((name) => ({
    file: CLI_PAGE,
    name: `usage of ${name}`,
    text: () => usage(name),
  })),
  { file: CLI_PAGE, name: "rules of check", text: checkRulesTable },
  { file: CLI_PAGE, name: "policy", text: policyToRead },
  { file: EXISTING, name: "check output", text: checkSample },
  { file: EXISTING, name: "derive output", text: deriveSample },
  { file: CHANGING, name: "both policies", text: () => excerpt("changing-a-role/main.ts", "BOTH") },
  { file: CHANGING, name: "rename", text: () => excerpt("changing-a-role/main.ts", "RENAME") },
  { file: CHANGING, name: "rename in Terraform", text: () => excerpt("changing-a-role/main.tf", "RENAME") },
  { file: CHANGING, name: "rename a key", text: () => excerpt("changing-a-role/main.ts", "RENAME-KEY") },
  { file: CHANGING, name: "rename a key in Terraform", text: () => excerpt("changing-a-role/main.tf", "RENAME-KEY") },
  { file: CHANGING, name: "keep", text: () => excerpt("changing-a-role/main.ts", "KEEP") },
  { file: CHANGING, name: "keep in Terraform", text: () => excerpt("changing-a-role/main.tf", "KEEP") },
  { file: CHANGING, name: "instances", text: () => excerpt("changing-a-role/main.tf", "INSTANCES") },
  {
    file: MODULE_PAGE,
    name: "least privilege in Terraform",
    text: () => moduleBlock(COMPLETE, "execution_role", FOLDER),
  },
  {
    file: MODULE_PAGE,
    name: "adopt in Terraform",
    text: () => importBlocks(`${MODULE_EXAMPLES}/existing-role/main.tf`),
  },
  { file: MODULE_PAGE, name: "inputs", text: inputsTable },
  { file: MODULE_PAGE, name: "outputs", text: outputsTable },
  { file: MODULE_PAGE, name: "access", text: accessTable },
  {
    file: "docs/typescript.md",
    name: "reference",
    text: () =>
      [
        referenceOf("ecs-task-execution-role.ts", "EcsTaskExecutionRole"),
        referenceOf("inputs/props.ts", "EcsTaskExecutionRoleProps"),
        referenceOf("inputs/access.ts", "TaskExecutionAccess"),
        referenceOf("inputs/trust.ts", "TaskExecutionTrust"),
      ].join("\n\n"),
  },
  { file: TERRAFORM_REFERENCE, name: "example", text: () => wholeFile("quick-start/main.tf", FOLDER) },
  ...Object.entries(TERRAFORM_TABLES).map(([name, text]) => ({ file: TERRAFORM_REFERENCE, name, text })),
  {
    file: TERRAFORM_PAGE,
    name: "default",
    text: () => moduleBlock(COMPLETE, "workshop_execution_role", REGISTRY),
  },
  { file: TERRAFORM_PAGE, name: "least privilege", text: () => moduleBlock(COMPLETE, "execution_role", REGISTRY) },
  {
    file: TERRAFORM_PAGE,
    name: "container definitions",
    text: () => moduleBlock(CONTAINERS, "execution_role", REGISTRY),
  },
];
