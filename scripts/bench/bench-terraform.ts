import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { WrongUsage } from "../../cli/could-not-check";
import { DEFAULT_MANAGED_POLICIES, managedPolicyArn } from "../../modules/ecs-task-execution-role/aws/managed-policies";
import { ASSUME_ROLE_STATEMENT } from "../../modules/ecs-task-execution-role/aws/trust-fields";
import { TERRAFORM_MODULE_FOLDER } from "../package/terraform-module";
import { type AwsProxy, startAwsProxy } from "../parts/aws/aws-proxy";
import { startEmulatedAws } from "../parts/aws/emulated-aws";
import { motoPython } from "../parts/aws/moto";
import { type Environment, run, stopAll, succeed } from "../parts/child-process";
import { runCommand } from "../parts/command-line";
import { findTerraform, type Terraform } from "../parts/terraform/terraform";
import { median } from "./median";

const usage = `Compares AWS calls and plan time of the Terraform module with plain resources, on the emulated AWS.

  npm run bench:terraform -- [--roles NUMBER ...] [--peer FOLDER] [--before FOLDER]

  --roles NUMBER    number of roles; default: 25 and 200, which takes about 20 minutes
  --peer FOLDER     also compare with terraform-aws-modules' iam-role, in this folder
  --before FOLDER   also compare with another version of this module, in this folder`;

const PLANS = 9;

const namesOf = (roles: number) =>
  Object.fromEntries(Array.from({ length: roles }, (_, i) => [`role-${i}`, `role-${i}`]));
const policies = Object.fromEntries(
  Object.entries(DEFAULT_MANAGED_POLICIES).map(([key, policy]) => [key, managedPolicyArn("aws", policy)]),
);

const ACCESS = {
  container_definitions: [
    {
      name: "app",
      image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders:1.4",
      secrets: [
        { name: "PASSWORD", valueFrom: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders/db-AbCdEf" },
        { name: "MODE", valueFrom: "arn:aws:ssm:eu-west-1:111122223333:parameter/orders/mode" },
      ],
      logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "/ecs/orders" } },
    },
    { name: "proxy", image: "public.ecr.aws/docker/library/nginx:1.27" },
  ],
};

interface Root {
  readonly name: string;
  readonly configuration: object;
  readonly source: string;
}

/** Roles of a module, each with these inputs. */
function rolesOf(name: string, source: string, roles: number, inputs: object): Root {
  const role = { for_each: namesOf(roles), source: "./module", ...inputs };
  return { name, source, configuration: { module: { role } } };
}

/** Roles of this module by default, and with access from container definitions. */
function rolesOfThisModule(name: string, source: string, roles: number): Root[] {
  const role_name = "${each.key}";
  return [
    rolesOf(name, source, roles, { role_name }),
    rolesOf(`${name}, with access`, source, roles, { role_name, access: ACCESS }),
  ];
}

interface Folders {
  readonly peer?: string;
  readonly before?: string;
}

/** Equal roles, written in different ways. All have four policies, except those with access. */
function roots(roles: number, { peer, before }: Folders): Root[] {
  return [
    { name: "plain resources", source: TERRAFORM_MODULE_FOLDER, configuration: plainResources(namesOf(roles)) },
    ...rolesOfThisModule("this module", TERRAFORM_MODULE_FOLDER, roles),
    ...(before === undefined ? [] : rolesOfThisModule("before", before, roles)),
    ...(peer === undefined
      ? []
      : [
          rolesOf("terraform-aws-modules' iam-role", peer, roles, {
            name: "${each.key}",
            use_name_prefix: false,
            trust_policy_permissions: { EcsTasks: ASSUME_ROLE_STATEMENT },
            policies,
          }),
        ]),
  ];
}

function plainResources(names: object): object {
  return {
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
    private readonly roles: number,
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
    return { callsPerRole: (this.calls - before) / this.roles, seconds: (Date.now() - began) / 1000 };
  }
}

/** Prints the figures for this number of roles, and returns the median of the plan times in seconds, by subject. */
async function bench(roles: number, folders: Folders, folder: string): Promise<Map<string, number>> {
  const terraform = await findTerraform();
  const subjects = [];
  for (const { name, configuration, source } of roots(roles, folders)) {
    console.error(`Applying ${roles} roles: ${name} ...`);
    const subject = new Subject(name, join(folder, `${roles}-${name.replace(/\W+/g, "-")}`), terraform, roles);
    subjects.push({ subject, apply: await subject.apply(configuration, source), plans: [] as Figures[] });
  }
  for (let turn = 0; turn < PLANS; turn += 1) {
    console.error(`Planning ${roles} roles: turn ${turn + 1} of ${PLANS} ...`);
    for (const { subject, plans } of subjects) {
      plans.push(await subject.plan());
    }
  }
  await Promise.all(subjects.map(({ subject }) => subject.stop()));
  const seconds = new Map(
    subjects.map(({ subject, plans }) => [subject.name, median(plans.map((plan) => plan.seconds))]),
  );
  const [bare = 1] = seconds.values();
  console.log(`\n${roles} roles; plan time is the median of ${PLANS}, measured in turns.`);
  row("", "calls/role, apply", "calls/role, plan", "plan, s", "ratio");
  for (const { subject, apply, plans } of subjects) {
    const calls = median(plans.map(({ callsPerRole }) => callsPerRole));
    const time = seconds.get(subject.name) ?? 0;
    row(subject.name, apply.callsPerRole.toFixed(1), calls.toFixed(1), time.toFixed(2), (time / bare).toFixed(2));
  }
  return seconds;
}

function row(...cells: string[]): void {
  console.log(cells.map((cell, at) => cell.padEnd(at === 0 ? 34 : 20)).join(""));
}

const options = {
  roles: { type: "string", multiple: true },
  peer: { type: "string" },
  before: { type: "string" },
} as const;

void runCommand({ usage, options, failed: 2 }, async ({ roles = ["25", "200"], peer, before }) => {
  const wrong = roles.find((number) => !/^[1-9]\d*$/.test(number));
  if (wrong !== undefined) {
    throw new WrongUsage(`--roles takes a number of roles, not ${wrong}`);
  }
  for (const [option, path] of Object.entries({ peer, before })) {
    if (path !== undefined && !existsSync(path)) {
      throw new WrongUsage(`There is no folder ${path} (--${option})`);
    }
  }
  const folders = { peer: peer && resolve(peer), before: before && resolve(before) };
  const folder = await mkdtemp(join(tmpdir(), "bench-terraform-"));
  try {
    const times: Map<string, number>[] = [];
    for (const number of roles.map(Number)) {
      times.push(await bench(number, folders, folder));
    }
    const [first, last] = [times[0], times.at(-1)];
    if (first && last && first !== last) {
      console.log(`\nGrowth of the plan time from ${roles[0]} to ${roles.at(-1)} roles:`);
      for (const [name, seconds] of last) {
        row(name, (seconds / (first.get(name) ?? seconds)).toFixed(2));
      }
    }
  } finally {
    await stopAll();
    await rm(folder, { recursive: true, force: true });
  }
  return 0;
});
