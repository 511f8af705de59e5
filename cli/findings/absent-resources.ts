import type { Existence, Lookups } from "../aws-calls/lookups/answers";
import { type Keys, whyAbsent } from "../aws-calls/stored";
import { grouped, unique } from "../grouped";
import { describeStored } from "../needs/decryption";
import { requiredResources } from "../needs/required-resources";
import type { Task } from "../needs/task";
import { taskGrants } from "../needs/task-grants";
import type { AbsentResource, RoleFindings } from "./findings";

/** What AWS answers about something that a component of a task names. */
interface Answer extends Pick<AbsentResource, "kind" | "name"> {
  readonly existence: Existence;
  readonly task: Task;
  readonly component: string;
}

/** What tasks name and what does not exist, with notes on what is unknown. */
export async function absentResources(
  tasks: readonly Task[],
  lookups: Lookups,
  keys: Keys,
): Promise<Pick<RoleFindings, "absent" | "notes">> {
  const answers = (await Promise.all(tasks.flatMap((task) => [named(task, lookups), stored(task, keys)]))).flat();
  return { absent: absentIn(answers), notes: notesOn(answers) };
}

async function named(task: Task, { image, logGroup, file }: Lookups): Promise<Answer[]> {
  const ask = { image, "log group": logGroup, file };
  return Promise.all(
    requiredResources(task).map(async ({ kind, arn, name, component }) => ({
      kind,
      name,
      existence: await ask[kind](arn),
      task,
      component,
    })),
  );
}

/** The notes on the keys of secrets and parameters tell what is not known about them. */
async function stored(task: Task, keys: Keys): Promise<Answer[]> {
  const found = await describeStored(taskGrants(task), keys, task.location, task.created);
  return found
    .filter(({ stored: { exists } }) => !exists && !task.isPlanned)
    .map(({ of: { statements, component }, stored }) => {
      const [name = ""] = statements[0]?.resources ?? [];
      const kind = name.includes(":parameter/") ? "parameter" : "secret";
      return { kind, name, existence: { exists: false, why: whyAbsent(stored) }, task, component };
    });
}

function absentIn(answers: readonly Answer[]): AbsentResource[] {
  const absent = answers.flatMap(({ existence, kind, name, task, component }) =>
    "exists" in existence && !existence.exists && !task.isPlanned
      ? [{ what: { kind, name, why: existence.why }, user: { taskDefinition: task.name, container: component } }]
      : [],
  );
  return grouped(absent, ({ what }) => what).map((same) => ({
    ...same[0].what,
    tasks: unique(same.map(({ user }) => user)),
  }));
}

/** What a plan names can exist by the time of the apply. */
const NOT_YET = "does not exist yet";

function notesOn(answers: readonly Answer[]): string[] {
  const open = answers.flatMap(({ existence, kind, name, task }) => {
    const reason =
      "unknown" in existence ? existence.unknown : task.isPlanned && !existence.exists ? NOT_YET : undefined;
    return reason === undefined ? [] : [{ reason, what: `${kind} ${name}` }];
  });
  return grouped(open, ({ reason }) => reason).map(
    (same) => `${unique(same.map(({ what }) => what)).join(", ")}: ${same[0].reason}`,
  );
}
