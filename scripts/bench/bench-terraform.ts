import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DEFAULT_MANAGED_POLICIES, managedPolicyArn } from "../../modules/ecs-task-execution-role/aws/managed-policies";
import { ASSUME_ROLE_STATEMENT } from "../../modules/ecs-task-execution-role/aws/trust-fields";
import { TERRAFORM_MODULE_FOLDER } from "../package/terraform-module";
import { type AwsProxy, startAwsProxy } from "../parts/aws/aws-proxy";
import { startEmulatedAws } from "../parts/aws/emulated-aws";
import { motoPython } from "../parts/aws/moto";
import { type Environment, run, stopAll, succeed } from "../parts/child-process";
import { findTerraform, type Terraform } from "../parts/terraform/terraform";
import { median } from "./median";

const ROLES = 25;
const PLANS = 9;

const names = Object.fromEntries(Array.from({ length: ROLES }, (_, i) => [`role-${i}`, `role-${i}`]));
const policies = Object.fromEntries(
  Object.entries(DEFAULT_MANAGED_POLICIES).map(([key, policy]) => [key, managedPolicyArn("aws", policy)]),
);

/** The same roles with the same four policies, each written another way. */
function configurations(peer: string | undefined): Record<string, object> {
  return {
    "the bare resources": {
      data: { aws_iam_policy_document: { trust: { statement: [ASSUME_ROLE_STATEMENT] } } },
      resource: {
        aws_iam_role: {
          this: {
            for_each: names,
            name: "${each.key}",
            assume_role_policy: "${data.aws_iam_policy_document.trust.json}",
          },
        },
        aws_iam_role_policy_attachment: Object.fromEntries(
          Object.entries(policies).map(([key, policy_arn]) => [
            key,
            { for_each: names, role: "${aws_iam_role.this[each.key].name}", policy_arn },
          ]),
        ),
      },
    },
    "this module": { module: { role: { for_each: names, source: "./module", role_name: "${each.key}" } } },
    ...(peer && {
      "terraform-aws-modules' iam-role": {
        module: {
          role: {
            for_each: names,
            source: "./module",
            name: "${each.key}",
            use_name_prefix: false,
            trust_policy_permissions: { EcsTasks: ASSUME_ROLE_STATEMENT },
            policies,
          },
        },
      },
    }),
  };
}

interface Figures {
  readonly callsPerRole: number;
  readonly seconds: number;
}

/** One configuration, applied in a folder and an emulated AWS of its own. */
class Subject {
  private calls = 0;
  private environment: Environment = {};
  private proxy?: AwsProxy;

  constructor(
    public readonly name: string,
    private readonly folder: string,
    private readonly terraform: Terraform,
  ) {}

  async apply(configuration: object, source: string): Promise<Figures> {
    const aws = await startEmulatedAws(await motoPython());
    this.proxy = await startAwsProxy(aws.url, (call) => {
      this.calls += 1;
      call.forward();
    });
    this.environment = { ...aws.environment, ...this.terraform.environment, AWS_ENDPOINT_URL: this.proxy.url };
    await mkdir(this.folder, { recursive: true });
    await cp(source, join(this.folder, "module"), { recursive: true });
    await writeFile(join(this.folder, "main.tf.json"), JSON.stringify(configuration));
    await this.run("init", "-input=false");
    return this.run("apply", "-input=false", "-auto-approve");
  }

  plan(): Promise<Figures> {
    return this.run("plan", "-input=false", "-detailed-exitcode");
  }

  async stop(): Promise<void> {
    await this.proxy?.stop();
  }

  private async run(...args: string[]): Promise<Figures> {
    const [before, began] = [this.calls, Date.now()];
    succeed(await run(this.terraform.command, args, { cwd: this.folder, env: this.environment }));
    return { callsPerRole: (this.calls - before) / ROLES, seconds: (Date.now() - began) / 1000 };
  }
}

async function bench(peer: string | undefined, folder: string): Promise<void> {
  const terraform = await findTerraform();
  const subjects = [];
  for (const [name, configuration] of Object.entries(configurations(peer))) {
    const subject = new Subject(name, join(folder, name.replace(/\W+/g, "-")), terraform);
    const source = name.startsWith("terraform-aws-modules") && peer ? peer : TERRAFORM_MODULE_FOLDER;
    subjects.push({ subject, apply: await subject.apply(configuration, source), plans: [] as Figures[] });
  }
  for (let turn = 0; turn < PLANS; turn += 1) {
    for (const { subject, plans } of subjects) {
      plans.push(await subject.plan());
    }
  }
  await Promise.all(subjects.map(({ subject }) => subject.stop()));
  const row = (...cells: string[]) => console.log(cells.map((cell, at) => cell.padEnd(at === 0 ? 34 : 22)).join(""));
  row("", "calls/role, apply", "calls/role, plan", "plan, s");
  for (const { subject, apply, plans } of subjects) {
    const calls = median(plans.map(({ callsPerRole }) => callsPerRole));
    const seconds = median(plans.map((plan) => plan.seconds));
    row(subject.name, apply.callsPerRole.toFixed(1), calls.toFixed(1), seconds.toFixed(2));
  }
}

async function main(): Promise<void> {
  const peer = process.argv[2] && resolve(process.argv[2]);
  console.log(`${ROLES} roles with four policies each; plan time is the median of ${PLANS}, taken in turns.`);
  if (!peer) {
    console.log("To compare, name a folder with terraform-aws-modules' iam-role: npm run bench:terraform -- FOLDER");
  }
  const folder = await mkdtemp(join(tmpdir(), "bench-terraform-"));
  try {
    await bench(peer, folder);
  } finally {
    await stopAll();
    await rm(folder, { recursive: true, force: true });
  }
}

void main();
