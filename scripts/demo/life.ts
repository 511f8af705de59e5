import { mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { contentsOf, stacksIn } from "../../cli/verify/synthesized";
import { startEmulatedAws } from "../tools/aws/emulated-aws";
import { motoPython } from "../tools/aws/moto";
import { type Environment, type Finished, run, succeed } from "../tools/child-process";
import type { MissingTool } from "../tools/missing-tool";
import { MAIN_TS, NODE_WITH_TSX, PROJECT_ROOT } from "../tools/project";
import { say, step } from "../tools/steps";
import { type CdktfProject, makeCdktfProject } from "../tools/terraform/cdktf-project";
import { findTerraform, type Terraform } from "../tools/terraform/terraform";
import { compareRoles } from "./compared-roles";

const STACK = "ecs-task-execution-role";
const ROLE = "fcjEcsTaskExecutionRole";
const EXAMPLE = "examples/container-definitions";
/** The stack and the task definition of the example. */
const ORDERS = "orders";
const CLI = join(PROJECT_ROOT, "cli", "main.ts");

interface Deployed {
  /** The environment of commands that reach the emulated AWS. */
  readonly environment: Environment;
  readonly workshop: CdktfProject;
}

/**
 * Deploys a least-privilege role and the workshop's role on an emulated AWS, and compares them. The emulated AWS runs until
 * the demo stops its processes.
 */
export async function deployAndCompare(folder: string): Promise<Deployed> {
  const terraform = await step("Looking for Terraform and the AWS provider", () => findTerraform());
  say(
    `${terraform.product} ${terraform.version}, AWS provider ${terraform.awsProviderVersion} from ${terraform.providersFrom}`,
  );

  const python = await step("Looking for moto, or installing it with pip into .cache", () => motoPython());
  say(`moto, run by ${python}`);
  const aws = await step("Starting an emulated AWS (moto) with the AWS managed policies", () =>
    startEmulatedAws(python),
  );
  say(aws.url);

  const environment = { ...aws.environment, ...terraform.environment };
  const command = { Terraform: "terraform", OpenTofu: "tofu" }[terraform.product];
  const applied = await step(
    `Deploying ${EXAMPLE}, a task and the role that it needs: synth and ${command} apply`,
    () => applyExample(join(folder, ORDERS), terraform, environment),
  );
  say(line(applied, APPLIED));

  const workshop = await makeCdktfProject(join(folder, "workshop"), MAIN_TS, environment);
  const deployed = await step(
    "Deploying main.ts, the role that the AWS workshop creates by hand: cdktf deploy",
    async () => succeed(await workshop.cdktf("deploy", "--auto-approve", "--skip-provider-lock")),
  );
  say(line(deployed, APPLIED));

  const verified = await step(
    `Comparing it with the workshop, which attaches four AWS managed policies: npm run verify -- ${ROLE}`,
    async () => succeed(await verify(environment)),
  );
  say(verified.stdout);

  const planned = await step("Planning again, which must show no changes", async () =>
    succeed(
      await run(terraform.command, ["plan", "-input=false", "-no-color", "-detailed-exitcode"], {
        cwd: workshop.stackFolder(STACK),
        env: environment,
      }),
    ),
  );
  say(line(planned, /No changes\. .*/));

  const compared = await step("Reading both roles, and evaluating their policies for the task", () =>
    compareRoles(environment, ROLE, ORDERS),
  );
  say(compared);
  return { environment, workshop };
}

/** Prints how to explore the emulated AWS, and waits for Ctrl-C. */
export async function waitForCtrlC({ environment, workshop }: Deployed): Promise<never> {
  // Version 1 of the AWS CLI reads only AWS_DEFAULT_REGION.
  const settings: Environment = { ...environment, AWS_DEFAULT_REGION: environment.AWS_REGION };
  const exports = SETTINGS.map((name) => `  export ${name}=${settings[name]}`).join("\n");
  console.log(`
Both roles are in place. To look around, in another terminal:
  unset AWS_PROFILE AWS_SESSION_TOKEN
${exports}
  npm run verify -- ${ROLE}
  aws iam list-attached-role-policies --role-name ${ROLE}
The Terraform JSON: ${join(workshop.stackFolder(STACK), "cdk.tf.json")}
Ctrl-C stops the emulated AWS and removes everything.`);
  return new Promise(() => setInterval(() => undefined, 60_000));
}

const SETTINGS = ["AWS_ENDPOINT_URL", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];

/** Destroys the workshop's role. */
export async function destroy({ environment, workshop }: Deployed): Promise<void> {
  const destroyed = await step("Destroying the workshop's role: cdktf destroy", async () =>
    succeed(await workshop.cdktf("destroy", "--auto-approve", "--skip-provider-lock")),
  );
  say(line(destroyed, /Destroy complete! .*/));

  const left = await step(`Looking for the role: npm run verify -- ${ROLE}`, () => verify(environment));
  say(line(left, /there is no role .*/));

  console.log(
    `\nDone: both roles were deployed and compared. The least-privilege role is removed with the emulated AWS.\n\n${FOR_A_REAL_ACCOUNT}`,
  );
}

const FOR_A_REAL_ACCOUNT = `For a role like the first one in your own account, start with "Usage" in README.md. "npm run deploy" deploys the workshop's role (main.ts).`;

const APPLIED = /Apply complete! .*/;

async function applyExample(output: string, { command }: Terraform, environment: Environment): Promise<Finished> {
  const env = {
    ...environment,
    CDKTF_OUTDIR: output,
    // The example imports the package by its name, which this file resolves to the source.
    TSX_TSCONFIG_PATH: join(PROJECT_ROOT, "tsconfig.json"),
  };
  await mkdir(output);
  // The stack keeps its state in the folder where it is synthesized.
  succeed(
    await run(process.execPath, [...NODE_WITH_TSX, join(PROJECT_ROOT, EXAMPLE, "main.ts")], { cwd: output, env }),
  );
  const cwd = join(output, "stacks", ORDERS);
  succeed(await run(command, ["init", "-input=false", "-no-color"], { cwd, env }));
  return succeed(await run(command, ["apply", "-input=false", "-auto-approve", "-no-color"], { cwd, env }));
}

function verify(environment: Environment): Promise<Finished> {
  return run(process.execPath, [...NODE_WITH_TSX, CLI, "verify", ROLE], { env: environment });
}

function line(finished: Finished, pattern: RegExp): string {
  const found = finished.output.match(pattern)?.[0];
  if (!found) {
    throw new Error(`Expected ${pattern} in what this printed:\n${finished.output}`);
  }
  return found;
}

/** The part of the demo that works even if Terraform, the provider or the emulator is missing. */
export async function synthesizeOnly(missing: MissingTool, temporaryFolder: string): Promise<void> {
  const output = await mkdtemp(join(temporaryFolder, "task-execution-role-json-"));
  await step("Synthesizing main.ts", async () =>
    succeed(
      await run(process.execPath, [...NODE_WITH_TSX, MAIN_TS], { env: { ...process.env, CDKTF_OUTDIR: output } }),
    ),
  );
  for (const { name, file, json } of stacksIn(output)) {
    say(`${name}: ${contentsOf(json)}`);
    say(file);
  }
  console.log(`\nThe role ${ROLE} is synthesized, not applied. ${missing.message}`);
}
