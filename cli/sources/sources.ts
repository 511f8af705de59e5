import { isObject } from "../../modules/ecs-task-execution-role/unknown";
import { regionOf } from "../aws-calls/clients";
import type { Ecs } from "../aws-calls/ecs";
import { CouldNotCheck, WrongUsage } from "../could-not-check";
import { grouped } from "../grouped";
import { type TaskWithRole, taskWithRole } from "../needs/task-with-role";
import type { PlanJson } from "./plan/json/plan-json";
import { tasksInPlan } from "./plan/plan";
import { tasksOfCluster, tasksOfService } from "./services";
import { jsonIn, taskInFile, textIn } from "./task-definition-file";
import { linesOfDefinition } from "./task-definition-lines";

type Values = Readonly<Record<string, unknown>>;

type Source = (value: string, ecs: Ecs, images: ReadonlyMap<string, string>) => Promise<TaskWithRole[]>;

/** The sources by option. */
const SOURCES: Readonly<Record<string, Source>> = {
  "task-definition": namedTask,
  service: (name, ecs) => tasksOfService(ecs, name),
  cluster: (name, ecs) => tasksOfCluster(ecs, name),
  file: tasksInFile,
};

/** A task definition, or those in a plan, which can be none. */
async function tasksInFile(file: string, ecs: Ecs, images: ReadonlyMap<string, string>): Promise<TaskWithRole[]> {
  const text = textIn(file);
  const json = jsonIn(text, file);
  const region = () => regionOfTheUser(ecs);
  if (isObject(json) && "planned_values" in json) {
    const planned = await tasksInPlan(json as unknown as PlanJson, region);
    return planned.map((found) => ({ ...found, file: { name: file, lineOf: () => NO_LINE } }));
  }
  const found = await taskInFile(json, file, region, images);
  return [{ ...found, file: { name: file, lineOf: linesOfDefinition(text, json, found.task.location) } }];
}

/** A plan does not have the lines of the configuration. */
const NO_LINE = 1;

/** A family with or without its revision, or an ARN. */
const TASK_DEFINITION = /^([\w-]+(:\d+)?|arn:[^:]+:ecs:.*)$/;

async function namedTask(name: string, ecs: Ecs): Promise<TaskWithRole[]> {
  if (!TASK_DEFINITION.test(name)) {
    throw new WrongUsage(`--task-definition must be FAMILY or FAMILY:REVISION, not ${name}`);
  }
  return [taskWithRole(await ecs.taskDefinition(name), [])];
}

/** The task definitions of all sources; none if they are plans without task definitions. */
export async function findTasks(values: Values, ecs: Ecs): Promise<TaskWithRole[]> {
  const images = imagesIn(values);
  const asked = Object.entries(SOURCES).flatMap(([option, source]) =>
    given(values, option).map((value) => () => source(value, ecs, images)),
  );
  const files = given(values, "file").length;
  if (asked.length === 0) {
    throw new WrongUsage(
      `Specify a source: ${Object.keys(SOURCES)
        .map((option) => `--${option}`)
        .join(", ")}`,
    );
  }
  const found = (await Promise.all(asked.map((ask) => ask()))).flat();
  if (found.length === 0 && files < asked.length) {
    throw new CouldNotCheck("the given sources use no task definition; a service may have been deleted");
  }
  const named = found.filter(({ isFile }) => isFile).flatMap(({ task }) => task.components.map(({ name }) => name));
  const wrong = [...images.keys()].find((name) => !named.includes(name));
  if (wrong !== undefined) {
    throw new WrongUsage(`--image ${wrong}=IMAGE needs a container ${wrong} in a task definition of --file`);
  }
  return found;
}

const given = (values: Values, option: string) => [values[option] ?? []].flat() as string[];

/** The images that the user names, by container. */
function imagesIn(values: Values): ReadonlyMap<string, string> {
  return new Map(
    given(values, "image").map((text) => {
      const [, name, image] = text.match(/^([^=]+)=(.+)$/) ?? [];
      if (name === undefined || image === undefined) {
        throw new WrongUsage(`--image must be NAME=IMAGE, not ${text}`);
      }
      return [name, image];
    }),
  );
}

/** Groups task definitions by role, so that a permission counts as needed if any of them needs it. */
export function byRole(found: readonly TaskWithRole[]): [TaskWithRole, ...TaskWithRole[]][] {
  const roleOf = ({ roleArn, task }: TaskWithRole) => roleArn ?? ` of ${task.name}`;
  return grouped(found, roleOf).sort(([one], [other]) => roleOf(one).localeCompare(roleOf(other)));
}

async function regionOfTheUser({ client }: Ecs): Promise<string> {
  const region = await regionOf(client);
  if (region === undefined) {
    throw new CouldNotCheck("no Region is set; set AWS_REGION");
  }
  return region;
}
