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
const MODULE_EXAMPLES = `../${MODULE}/terraform/examples`;
const CONTAINERS = `${MODULE_EXAMPLES}/container-definitions/main.tf`;
const COMPLETE = `${MODULE_EXAMPLES}/complete/main.tf`;

/** The source of a module block in the documentation: the registry or a folder. */
const REGISTRY = `  source  = "OWNER/ecs-task-execution-role/aws"\n  version = "${version}"`;
const FOLDER = '  source = "./ecs-task-execution-role"';

/** The generated parts by file and name. */
const BY_FILE: Readonly<Record<string, Readonly<Record<string, GeneratedPart["text"]>>>> = {
  "README.md": {
    "quick start": () => wholeFile("quick-start/main.ts"),
    picture: () => drawing("quick-start/main.ts"),
    "quick start in Terraform": () => wholeFile("quick-start/main.tf", REGISTRY),
  },
  "docs/features.md": {
    "least privilege": () => excerpt("least-privilege/main.ts", "README"),
    grant: () => excerpt("least-privilege/main.ts", "README-GRANT"),
    picture: () => drawing("container-definitions/main.ts"),
    "what each mode may do": modesTable,
    compose: () => excerpt("fargate-service/service-stack.ts", "README"),
  },
  "docs/versions.md": {
    overrides: () => overrides("fargate-service/package.json"),
    "provider version": providerVersion,
  },
  "docs/troubleshooting.md": {
    "stopped reasons": stoppedReasonsTable,
    "other causes": otherCausesTable,
  },
  "docs/existing-roles.md": {
    "check output": checkSample,
    "derive output": deriveSample,
  },
  "docs/changing-a-role.md": {
    adopt: () => excerpt("adopt-existing-role/main.ts", "README"),
    "both policies": () => excerpt("changing-a-role/main.ts", "BOTH"),
    rename: () => excerpt("changing-a-role/main.ts", "RENAME"),
    "rename in Terraform": () => excerpt("changing-a-role/main.tf", "RENAME"),
    "rename a key": () => excerpt("changing-a-role/main.ts", "RENAME-KEY"),
    "rename a key in Terraform": () => excerpt("changing-a-role/main.tf", "RENAME-KEY"),
    keep: () => excerpt("changing-a-role/main.ts", "KEEP"),
    "keep in Terraform": () => excerpt("changing-a-role/main.tf", "KEEP"),
    instances: () => excerpt("changing-a-role/main.tf", "INSTANCES"),
  },
  "docs/typescript.md": {
    reference: () =>
      [
        referenceOf("ecs-task-execution-role.ts", "EcsTaskExecutionRole"),
        referenceOf("inputs/props.ts", "EcsTaskExecutionRoleProps"),
        referenceOf("inputs/access.ts", "TaskExecutionAccess"),
        referenceOf("inputs/trust.ts", "TaskExecutionTrust"),
      ].join("\n\n"),
  },
  "docs/terraform.md": {
    example: () => wholeFile("quick-start/main.tf", FOLDER),
    ...TERRAFORM_TABLES,
  },
  [`${MODULE}/README.md`]: {
    "least privilege in Terraform": () => moduleBlock(COMPLETE, "execution_role", FOLDER),
    "adopt in Terraform": () => importBlocks(`${MODULE_EXAMPLES}/existing-role/main.tf`),
    inputs: inputsTable,
    outputs: outputsTable,
    access: accessTable,
  },
  [`${MODULE}/terraform/README.md`]: {
    default: () => moduleBlock(COMPLETE, "workshop_execution_role", REGISTRY),
    "least privilege": () => moduleBlock(COMPLETE, "execution_role", REGISTRY),
    "container definitions": () => moduleBlock(CONTAINERS, "execution_role", REGISTRY),
  },
  "cli/README.md": {
    "check output": checkSample,
    ...Object.fromEntries(
      ["check", "derive", "explain", "verify", "picture"].map((name) => [`usage of ${name}`, () => usage(name)]),
    ),
    "rules of check": checkRulesTable,
    policy: policyToRead,
  },
};

/** Every generated part of the documentation. */
export const PARTS: readonly GeneratedPart[] = Object.entries(BY_FILE).flatMap(([file, parts]) =>
  Object.entries(parts).map(([name, text]) => ({ file, name, text })),
);
