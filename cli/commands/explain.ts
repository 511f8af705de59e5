import { CouldNotCheck, WrongUsage } from "../could-not-check";
import { explanationOf } from "../explain/explanation";
import { labeled } from "../explain/labeled";
import { type Stopped, stoppedIn, stoppedTask } from "../explain/stopped";
import { grouped } from "../grouped";
import { print } from "../terminal";
import type { Arguments } from "./command";

const EXPLAINED = 0;
const NOT_KNOWN = 1;

const UNKNOWN = `This stopped reason is unknown. If a call was denied, CloudTrail shows it.
check --task-definition FAMILY lists every permission that the task execution role lacks.`;

/** Prints why tasks stopped, and what to change. */
export async function run({ values: { task }, positionals }: Arguments): Promise<number> {
  if (task !== undefined && positionals.length > 0) {
    throw new WrongUsage("Specify the stopped reason or --task, not both");
  }
  const stopped = task === undefined ? await givenIn(positionals) : await stoppedOf(String(task));
  const reasons = grouped(stopped, ({ reason }) => reason);
  const answers = reasons.map((tasks) => ({
    heading: headingOf(tasks, task !== undefined || reasons.length > 1),
    explanation: explanationOf(tasks[0].reason, tasks[0].task),
  }));
  print(answers.map(({ heading, explanation }) => [...heading, explanation ?? UNKNOWN].join("\n")).join("\n\n"));
  return answers.every(({ explanation }) => explanation !== undefined) ? EXPLAINED : NOT_KNOWN;
}

/** The tasks with this reason, and the reason if the user did not give it alone. */
function headingOf(tasks: readonly [Stopped, ...Stopped[]], isShown: boolean): string[] {
  const ids = tasks.flatMap(({ task }) => task?.split("/").at(-1) ?? []);
  const names = ids.length > 0 ? [`Task${ids.length > 1 ? "s" : ""} ${ids.join(", ")}:`] : [];
  return isShown || ids.length > 0 ? [...names, labeled("", tasks[0].reason), ""] : [];
}

/** The argument, or standard input. */
async function givenIn([argument]: readonly string[]): Promise<Stopped[]> {
  const isPiped = argument === "-" || (argument === undefined && !process.stdin.isTTY);
  const text = isPiped ? (await process.stdin.setEncoding("utf8").toArray()).join("") : (argument ?? "");
  if (text.trim() === "") {
    throw new WrongUsage("Specify the stopped reason in quotes, or --task with the ARN of the task");
  }
  const stopped = stoppedIn(text);
  if (stopped.length === 0) {
    throw new CouldNotCheck("the JSON has no stopped task");
  }
  return stopped;
}

async function stoppedOf(arn: string): Promise<Stopped[]> {
  const [, cluster, id] = arn.match(/:task\/([^/]+)\/([^/]+)$/) ?? [];
  if (cluster === undefined || id === undefined) {
    throw new WrongUsage(`--task must be arn:PARTITION:ecs:REGION:ACCOUNT:task/CLUSTER/ID, not ${arn}`);
  }
  // The AWS SDK takes long to load, and a reason given as text does not need it.
  const { describeTasks, ecsOfTheUser } = await import("../aws-calls/ecs.js");
  const [task] = await describeTasks(ecsOfTheUser().client, cluster, [arn]);
  if (!task) {
    throw new CouldNotCheck(`there is no task ${id} in cluster ${cluster}; ECS keeps stopped tasks for an hour`);
  }
  const stopped = stoppedTask(task);
  if (stopped.length === 0) {
    throw new CouldNotCheck(`task ${id} has no stopped reason; its status is ${task.lastStatus ?? "unknown"}`);
  }
  return stopped;
}
