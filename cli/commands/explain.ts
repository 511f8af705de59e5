import { CouldNotCheck, WrongUsage } from "../could-not-check";
import { explanationOf } from "../explain/explanation";
import { labeled } from "../explain/labeled";
import { PAGES } from "../explain/model/known-reason";
import { type Stopped, stoppedIn, stoppedTask } from "../explain/stopped";
import { grouped, unique } from "../grouped";
import { print } from "../terminal";
import type { Arguments } from "./command";

const EXPLAINED = 0;
const NOT_KNOWN = 1;

const UNKNOWN = `This stopped reason is unknown. If a call was denied, CloudTrail shows it.
check --task-definition FAMILY lists every permission that the task execution role lacks.
AWS's list: ${PAGES.stopped}`;
const MOST_SHOWN = 3;

/** Prints why tasks stopped, and what to change. */
export async function run({ values: { task }, positionals }: Arguments): Promise<number> {
  if (task !== undefined && positionals.length > 0) {
    throw new WrongUsage("Specify the stopped reason or --task, not both");
  }
  const stopped = task === undefined ? await givenIn(positionals) : await stoppedOf(String(task));
  const explained = stopped.map((one) => ({ ...one, explanation: explanationOf(one.reason, one.task) }));
  const groups = grouped(explained, ({ explanation = UNKNOWN }) => explanation);
  groups.sort(([one], [other]) => Number(isHarmless(one)) - Number(isHarmless(other)));
  const isShown = task !== undefined || stopped.length > 1;
  print(groups.map((tasks) => [...headingOf(tasks, isShown), tasks[0].explanation ?? UNKNOWN].join("\n")).join("\n\n"));
  return explained.every(({ explanation }) => explanation !== undefined) ? EXPLAINED : NOT_KNOWN;
}

const isHarmless = ({ explanation }: { readonly explanation?: string }) =>
  explanation?.includes("No action is needed") ?? false;

/** The tasks with this explanation, and their reasons if the user did not give one alone. */
function headingOf(tasks: readonly Stopped[], isShown: boolean): string[] {
  const ids = tasks.flatMap(({ task }) => task?.split("/").at(-1) ?? []);
  const names = ids.length > 0 ? [`Task${ids.length > 1 ? "s" : ""} ${ids.join(", ")}:`] : [];
  const reasons = unique(tasks.map(({ reason }) => reason));
  const shown = reasons.slice(0, MOST_SHOWN).map((reason) => labeled("", reason));
  const more = reasons.length > MOST_SHOWN ? [`and ${reasons.length - MOST_SHOWN} more`] : [];
  return isShown || ids.length > 0 ? [...names, ...shown, ...more, ""] : [];
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
    throw new CouldNotCheck("the JSON has no stopped task and no reason; describe-tasks prints them");
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
