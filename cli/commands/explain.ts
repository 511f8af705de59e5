import { CouldNotCheck, WrongUsage } from "../could-not-check";
import { explanationOf } from "../explain/explanation";
import { print } from "../terminal";
import type { Arguments } from "./command";

const EXPLAINED = 0;
const NOT_KNOWN = 1;

/** Prints what to change so that a stopped task starts. */
export async function run({ values: { task }, positionals }: Arguments): Promise<number> {
  if (task !== undefined && positionals.length > 0) {
    throw new WrongUsage("Specify the stopped reason or --task, not both");
  }
  const reason = task === undefined ? positionals.join(" ") : await reasonOf(String(task));
  if (reason === "") {
    throw new WrongUsage("Specify the stopped reason in quotes, or --task with the ARN of the task");
  }
  const explanation = explanationOf(reason);
  const unknown = "This reason does not name a permission of the task execution role.";
  print([...(task === undefined ? [] : [reason, ""]), explanation ?? unknown].join("\n"));
  return explanation === undefined ? NOT_KNOWN : EXPLAINED;
}

async function reasonOf(arn: string): Promise<string> {
  const [, cluster, id] = arn.match(/:task\/([^/]+)\/([^/]+)$/) ?? [];
  if (cluster === undefined || id === undefined) {
    throw new WrongUsage(`--task must be arn:PARTITION:ecs:REGION:ACCOUNT:task/CLUSTER/ID, not ${arn}`);
  }
  // The AWS SDK takes long to load, and a reason given as text does not need it.
  const { describeTasks, ecsOfTheUser } = await import("../account/ecs.js");
  const [task] = await describeTasks(ecsOfTheUser().client, cluster, [arn]);
  if (!task) {
    throw new CouldNotCheck(`there is no task ${id} in cluster ${cluster}; ECS keeps stopped tasks for an hour`);
  }
  const reasons = [task.stoppedReason, ...(task.containers ?? []).map(({ reason }) => reason)].filter(Boolean);
  if (reasons.length === 0) {
    throw new CouldNotCheck(`task ${id} has no stopped reason; its status is ${task.lastStatus ?? "unknown"}`);
  }
  return reasons.join("\n");
}
