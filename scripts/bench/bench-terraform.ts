import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WrongUsage } from "../../cli/could-not-check";
import {
  DEFAULT_MANAGED_POLICIES,
  managedPolicyArn,
} from "../../modules/ecs-task-execution-role/permissions/managed-policies";
import { ASSUME_ROLE_STATEMENT } from "../../modules/ecs-task-execution-role/permissions/trust-fields";
import { TERRAFORM_MODULE_FOLDER } from "../package/terraform-module";
import { startAwsProxy, stopProxies } from "../tools/aws/aws-proxy";
import { startEmulatedAws } from "../tools/aws/emulated-aws";
import { motoPython } from "../tools/aws/moto";
import { run, stopAll, succeed } from "../tools/child-process";
import { runCommand } from "../tools/command-line";
import { findTerraform, type Terraform } from "../tools/terraform/terraform";
import { existing, median, printTable } from "./measured";

const usage = `Compares AWS calls and plan time of the Terraform module with plain resources, on the emulated AWS.

  npm run bench:terraform -- [--roles NUMBER] [--before FOLDER]

  --roles NUMBER    number of roles; default: 25, which takes about 5 minutes
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

/** Equal roles, written in different ways. All have four policies, except those with access. */
function roots(roles: number, before?: string): Root[] {
  return [
    { name: "plain resources", source: TERRAFORM_MODULE_FOLDER, configuration: plainResources(namesOf(roles)) },
    ...rolesOf("this module", TERRAFORM_MODULE_FOLDER, roles),
    ...(before === undefined ? [] : rolesOf("before", before, roles)),
  ];
}

/** Roles of this module by default, and with access from container definitions. */
function rolesOf(name: string, source: string, roles: number): Root[] {
  const role = { for_each: namesOf(roles), source: "./module", role_name: "${each.key}" };
  return [
    { name, source, configuration: { module: { role } } },
    { name: `${name}, with access`, source, configuration: { module: { role: { ...role, access: ACCESS } } } },
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

/** A configuration that is applied in a folder and an emulated AWS of its own. */
interface Subject {
  readonly name: string;
  readonly apply: Figures;
  readonly plan: () => Promise<Figures>;
  readonly plans: Figures[];
}

async function applied(
  { name, configuration, source }: Root,
  folder: string,
  terraform: Terraform,
  roles: number,
): Promise<Subject> {
  console.error(`Applying ${roles} roles: ${name} ...`);
  const aws = await startEmulatedAws(await motoPython());
  let calls = 0;
  const proxy = await startAwsProxy(aws.url, (call) => {
    calls += 1;
    call.forward();
  });
  const env = { ...aws.environment, ...terraform.environment, AWS_ENDPOINT_URL: proxy.url };
  const measured = async (...args: string[]): Promise<Figures> => {
    const [before, began] = [calls, Date.now()];
    succeed(await run(terraform.command, [...args, "-input=false"], { cwd: folder, env }));
    return { callsPerRole: (calls - before) / roles, seconds: (Date.now() - began) / 1000 };
  };
  await cp(source, join(folder, "module"), { recursive: true });
  await writeFile(join(folder, "main.tf.json"), JSON.stringify(configuration));
  await measured("init");
  return {
    name,
    apply: await measured("apply", "-auto-approve"),
    plan: () => measured("plan", "-detailed-exitcode"),
    plans: [],
  };
}

/** Prints the figures of all configurations. */
async function bench(all: readonly Root[], roles: number, folder: string): Promise<void> {
  const terraform = await findTerraform();
  const subjects: Subject[] = [];
  for (const [at, root] of all.entries()) {
    subjects.push(await applied(root, join(folder, String(at)), terraform, roles));
  }
  for (let turn = 0; turn < PLANS; turn += 1) {
    console.error(`Planning: turn ${turn + 1} of ${PLANS} ...`);
    for (const { plan, plans } of subjects) {
      plans.push(await plan());
    }
  }
  const secondsOf = ({ plans }: Subject) => median(plans.map(({ seconds }) => seconds));
  const [plain] = subjects as [Subject];
  console.log(`\n${roles} roles; plan time is the median of ${PLANS}, measured in turns.`);
  printTable(
    subjects.map((subject) => ({
      configuration: subject.name,
      "calls/role, apply": subject.apply.callsPerRole.toFixed(1),
      "calls/role, plan": median(subject.plans.map(({ callsPerRole }) => callsPerRole)).toFixed(1),
      "plan, s": secondsOf(subject).toFixed(2),
      ratio: (secondsOf(subject) / secondsOf(plain)).toFixed(2),
    })),
  );
}

const options = {
  roles: { type: "string", default: "25" },
  before: { type: "string" },
} as const;

void runCommand({ usage, options, failed: 2 }, async ({ roles, before }) => {
  if (!/^[1-9]\d*$/.test(roles)) {
    throw new WrongUsage(`--roles takes a number of roles, not ${roles}`);
  }
  const all = roots(Number(roles), existing(before));
  const folder = await mkdtemp(join(tmpdir(), "bench-terraform-"));
  try {
    await bench(all, Number(roles), folder);
  } finally {
    await stopProxies();
    await stopAll();
    await rm(folder, { recursive: true, force: true });
  }
  return 0;
});
