import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeStacks } from "../cli/verify/synthesized";
import { type EmulatedAws, startEmulatedAws } from "./parts/aws/emulated-aws";
import { motoPython } from "./parts/aws/moto";
import { type Environment, type Finished, run, stopAll, succeed } from "./parts/child-process";
import { MissingPart } from "./parts/missing-part";
import { MAIN_TS, NODE_WITH_TSX, PROJECT_ROOT } from "./parts/project";
import { say, step } from "./parts/steps";
import { type CdktfProject, makeCdktfProject } from "./parts/terraform/cdktf-project";
import { findTerraform, type Terraform } from "./parts/terraform/terraform";

const SUCCEEDED = 0;
const FAILED = 1;
const NOT_APPLIED = 3;

const STACK = "ecs-task-execution-role";
const ROLE = "fcjEcsTaskExecutionRole";
const USERS_TEMPORARY_FOLDER = tmpdir();
const CLI = join(PROJECT_ROOT, "cli", "main.ts");

async function demo(folder: string, keep: boolean): Promise<number> {
  console.log("The whole life of a task execution role, on an emulated AWS: no account needed, no costs.\n");
  try {
    await deployAndDestroy(folder, keep);
    return SUCCEEDED;
  } catch (error) {
    if (error instanceof MissingPart) {
      await synthesizeOnly(error);
      return NOT_APPLIED;
    }
    throw error;
  }
}

async function deployAndDestroy(folder: string, keep: boolean): Promise<void> {
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
  try {
    await wholeLife(folder, aws, terraform, keep);
  } finally {
    await aws.stop();
  }
}

async function wholeLife(folder: string, aws: EmulatedAws, terraform: Terraform, keep: boolean): Promise<void> {
  const environment = { ...aws.environment, ...terraform.environment };
  const project = await makeCdktfProject(folder, MAIN_TS, environment);

  const deployed = await step("Deploying main.ts: cdktf deploy", async () =>
    succeed(await project.cdktf("deploy", "--auto-approve", "--skip-provider-lock")),
  );
  say(line(deployed, /Apply complete! .*/));

  const verified = await step(`Asking AWS what is there: npm run verify -- ${ROLE}`, async () =>
    succeed(await verify(environment)),
  );
  say(verified.stdout);

  const planned = await step("Planning once more: nothing may be left to do", async () =>
    succeed(
      await run(terraform.command, ["plan", "-input=false", "-no-color", "-detailed-exitcode"], {
        cwd: project.stackFolder(STACK),
        env: environment,
      }),
    ),
  );
  say(line(planned, /No changes\. .*/));

  if (keep) {
    await keepUntilStopped(project, aws);
    return;
  }

  const destroyed = await step("Destroying it: cdktf destroy", async () =>
    succeed(await project.cdktf("destroy", "--auto-approve", "--skip-provider-lock")),
  );
  say(line(destroyed, /Destroy complete! .*/));

  const left = await step(`Asking AWS what is left: npm run verify -- ${ROLE}`, () => verify(environment));
  say(line(left, /there is no role .*/));

  console.log(`\nWhat was deployed, and is gone again:\n${table(verified)}\n\n${FOR_A_REAL_ACCOUNT}`);
}

const FOR_A_REAL_ACCOUNT = `The same in a real account, with your AWS credentials and Region:
  npm run deploy
These four policies are for a workshop. README.md says what production needs.`;

async function synthesizeOnly(missing: MissingPart): Promise<void> {
  const output = await mkdtemp(join(USERS_TEMPORARY_FOLDER, "task-execution-role-json-"));
  await step("Synthesizing main.ts", async () =>
    succeed(
      await run(process.execPath, [...NODE_WITH_TSX, MAIN_TS], { env: { ...process.env, CDKTF_OUTDIR: output } }),
    ),
  );
  for (const { name, file, holds } of describeStacks(output)) {
    say(`${name}: ${holds}`);
    say(file);
  }
  console.log(`\nThe role ${ROLE} is synthesized, not applied. ${missing.message}`);
}

function verify(environment: Environment): Promise<Finished> {
  return run(process.execPath, [...NODE_WITH_TSX, CLI, "verify", ROLE], { env: environment });
}

async function keepUntilStopped(project: CdktfProject, aws: EmulatedAws): Promise<void> {
  const settings = ["AWS_ENDPOINT_URL", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]
    .map((name) => `  export ${name}=${aws.environment[name]}`)
    .join("\n");
  console.log(`
The role is there. To look around, in another terminal:
  unset AWS_PROFILE AWS_SESSION_TOKEN
${settings}
  npm run verify -- ${ROLE}
  aws iam list-attached-role-policies --role-name ${ROLE}
The Terraform JSON: ${join(project.stackFolder(STACK), "cdk.tf.json")}
Ctrl-C here ends the emulated AWS, and the role with it.

${FOR_A_REAL_ACCOUNT}`);
  kept = true;
  await new Promise(() => setInterval(() => undefined, 60_000));
}

function line(finished: Finished, pattern: RegExp): string {
  const found = finished.output.match(pattern)?.[0];
  if (!found) {
    throw new Error(`Expected ${pattern} in what this printed:\n${finished.output}`);
  }
  return found;
}

function table(verified: Finished): string {
  return verified.stdout
    .split("\n")
    .filter((row) => row.startsWith("  "))
    .join("\n");
}

let kept = false;
let stopping = false;

/** However the demo ends, nothing of it stays: no process, no folder. */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(USERS_TEMPORARY_FOLDER, "task-execution-role-demo-"));
  // All that is written on the way, by us and by what we start, goes with the folder.
  Object.assign(process.env, { TMPDIR: folder, TEMP: folder, TMP: folder });
  const cleanUp = async () => {
    await stopAll();
    await rm(folder, { recursive: true, force: true });
  };
  const stop = async (exitCode: number) => {
    stopping = true;
    await cleanUp();
    process.exit(kept ? SUCCEEDED : exitCode);
  };
  process.on("SIGINT", () => stop(130));
  process.on("SIGTERM", () => stop(143));
  process.on("SIGHUP", () => stop(129));
  // npm may be killed without telling us.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(FAILED), 500).unref();

  try {
    process.exitCode = await demo(folder, process.argv.includes("--keep"));
  } catch (error) {
    if (!stopping) {
      console.error(`\nThe demo failed: ${(error as Error).message}`);
      process.exitCode = FAILED;
    }
  } finally {
    await cleanUp();
  }
}

void main();
