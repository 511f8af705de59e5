import type { Command } from "./command";

const TEXT = { type: "string" } as const;
const SWITCH = { type: "boolean" } as const;

const SOURCES = `  --task-definition FAMILY[:REVISION]   a task definition in ECS; without a revision, the latest active one
  --file FILE                           a task definition as JSON, or a plan as printed by terraform show -json;
                                        the role is read from AWS unless it is in the plan`;

export const COMMANDS: Readonly<Record<string, Command>> = {
  check: {
    summary: "Will the task start? Which permissions of its execution role are unnecessary?",
    usage: `Usage: ecs-task-execution-role check SOURCE... [--image NAME=IMAGE]... [--ignore ID[=NAME]]... [--strict]
                                             [--verbose] [--json] [--sarif FILE]

Compares what Amazon ECS needs to start a task with what its task execution role allows.

Sources:
${SOURCES}
  --service CLUSTER/SERVICE             the task definitions that this service runs
  --cluster CLUSTER                     all services in this cluster

Options:
  --image NAME=IMAGE
                the image of a container in the task definition of --file, which can be a template
  --ignore ID[=NAME]
                suppress the findings with this ID, such as excess-permission, or only those with this action,
                resource or other name; the report still counts them, but they do not affect the exit code
  --verbose     also list the calls that are allowed, and every task, action and resource
  --strict      exit with 3 if a role allows more than its tasks need, allows a needed call only under conditions,
                can be assumed by other principals, or has statements that never match
  --json        print JSON
  --sarif FILE  also write the findings as SARIF 2.1.0, for code scanning

Exit codes: 0 every needed call is allowed, 1 a needed call is denied, 2 could not check,
            3 a finding of --strict.
Read-only: it changes nothing, and never reads the value of a secret or a parameter.`,
    options: {
      "task-definition": { ...TEXT, multiple: true },
      service: { ...TEXT, multiple: true },
      cluster: { ...TEXT, multiple: true },
      file: { ...TEXT, multiple: true },
      image: { ...TEXT, multiple: true },
      ignore: { ...TEXT, multiple: true },
      strict: SWITCH,
      verbose: SWITCH,
      json: SWITCH,
      sarif: TEXT,
    },
    load: () => import("./check.js"),
  },
  derive: {
    summary: "The least-privilege role for your task definitions, as code to paste, or its policy.",
    usage: `Usage: ecs-task-execution-role derive --role ROLE [--as FORM] [--source ADDRESS] [--all-revisions]
       ecs-task-execution-role derive SOURCE... [--as FORM] [--source ADDRESS]

Prints a role with exactly the permissions that its tasks need, as code or as a policy document.

Sources:
  --role ROLE                           the task definitions that use this role: the latest active revision of
                                        each family, and every revision that a service or a running task uses
${SOURCES}

Options:
  --as terraform       a block of the Terraform module, with import blocks for an existing role (the default)
  --as typescript      a CDKTF app that adopts an existing role
  --as policy          the IAM policy document, as JSON, for any other tool
  --as cloudformation  a CloudFormation template, as JSON, with a new role
  --source ADDRESS     the source of the Terraform module, such as ./ecs-task-execution-role
  --all-revisions      include every active revision that uses the role

Exit codes: 0 printed, 2 could not derive.`,
    options: {
      role: TEXT,
      "task-definition": { ...TEXT, multiple: true },
      file: { ...TEXT, multiple: true },
      as: TEXT,
      source: TEXT,
      "all-revisions": SWITCH,
    },
    load: () => import("./derive.js"),
  },
  explain: {
    summary: "Why a task stopped, and what to change.",
    usage: `Usage: ecs-task-execution-role explain "STOPPED REASON"
       ecs-task-execution-role explain -         (paste the reason, then press Ctrl+D)
       ecs-task-execution-role explain --task TASK_ARN
       aws ecs describe-tasks ... | ecs-task-execution-role explain

Prints why a task stopped, what the reason concerns (the task execution role, another role, the network, the image
and so on), and the fix: for a denied call, the field of access and the statement. Accepts a stopped reason from ECS,
the container agent or the service's events, even if wrapped or truncated, and the JSON output of the AWS CLI
(describe-tasks, describe-services, run-task) or of an event in EventBridge or CloudTrail.

Options:
  --task TASK_ARN  read the reason from this task; ECS keeps stopped tasks for an hour

Exit codes: 0 explained, 1 unknown reason, 2 could not check.`,
    options: { task: TEXT },
    arguments: 1,
    load: () => import("./explain.js"),
  },
  verify: {
    summary: "Does a role in the account match the app or the module that created it?",
    usage: `Usage: ecs-task-execution-role verify ROLE [--json]
       ecs-task-execution-role verify [ROLE] --from cdktf.out|FILE [--json]

Compares a role in the account with the workshop's four managed policies, or with what an app or a module should
have created.

Options:
  --from cdktf.out  the roles of a synthesized app; ROLE selects one
  --from FILE       the roles in the output of terraform output -json
  --json            print JSON

Exit codes: 0 as expected, 1 different, 2 could not check.`,
    options: { from: TEXT, json: SWITCH },
    arguments: 1,
    load: () => import("./verify.js"),
  },
  picture: {
    summary: "The roles of a synthesized app as a Mermaid diagram.",
    usage: `Usage: ecs-task-execution-role picture [FOLDER]

Draws the execution roles in the output folder of an app (default: cdktf.out).`,
    options: {},
    arguments: 1,
    load: () => import("./picture.js"),
  },
};

export const OVERVIEW = `Usage: ecs-task-execution-role COMMAND

${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(9)}${summary}`)
  .join("\n")}

Run ecs-task-execution-role COMMAND --help for the options of a command, and --version for the version. AWS credentials
and the Region come from the standard AWS settings.`;
