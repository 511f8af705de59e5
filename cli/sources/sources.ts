import { isObject } from "../../modules/ecs-task-execution-role/synth/definitions";
import { regionOf } from "../account/clients";
import type { Ecs } from "../account/ecs";
import { CouldNotCheck, WrongUsage } from "../could-not-check";
import { type Found, foundIn } from "../needs/found";
import { jsonIn, ofDefinition } from "./files";
import { ofPlan } from "./plan/plan";
import type { PlanJson } from "./plan/plan-json";
import { ofCluster, ofService } from "./services";

type Source = (value: string, ecs: Ecs) => Promise<Found[]>;

/** The sources by option. */
const SOURCES: Readonly<Record<string, Source>> = {
  "task-definition": ofTaskDefinition,
  service: (name, ecs) => ofService(ecs, name),
  cluster: (name, ecs) => ofCluster(ecs, name),
  file: (file, ecs) => ofFile(file, () => regionOfTheUser(ecs)),
};

/** A task definition or a plan. */
async function ofFile(file: string, region: () => Promise<string>): Promise<Found[]> {
  const json = jsonIn(file);
  return isObject(json) && "planned_values" in json
    ? ofPlan(json as unknown as PlanJson, file, region)
    : [await ofDefinition(json, file, region)];
}

/** A family with or without its revision, or an ARN. */
const TASK_DEFINITION = /^([\w-]+(:\d+)?|arn:[^:]+:ecs:.*)$/;

async function ofTaskDefinition(name: string, ecs: Ecs): Promise<Found[]> {
  if (!TASK_DEFINITION.test(name)) {
    throw new WrongUsage(`--task-definition must be FAMILY or FAMILY:REVISION, not ${name}`);
  }
  return [foundIn(await ecs.taskDefinition(name), [])];
}

/** The task definitions of all sources. */
export async function find(values: Readonly<Record<string, unknown>>, ecs: Ecs): Promise<Found[]> {
  const asked = Object.entries(SOURCES).flatMap(([option, source]) =>
    ([values[option] ?? []].flat() as string[]).map((value) => () => source(value, ecs)),
  );
  if (asked.length === 0) {
    throw new WrongUsage(
      `Specify a source: ${Object.keys(SOURCES)
        .map((option) => `--${option}`)
        .join(", ")}`,
    );
  }
  const found = (await Promise.all(asked.map((ask) => ask()))).flat();
  if (found.length === 0) {
    throw new CouldNotCheck("the sources run no task definition; a service may have been deleted");
  }
  return found;
}

/** Groups task definitions by role, so that a permission counts as needed if any of them needs it. */
export function byRole(found: readonly Found[]): Found[][] {
  const groups = new Map<string, Found[]>();
  for (const one of found) {
    const role = one.roleArn ?? ` of ${one.task.name}`;
    groups.set(role, [...(groups.get(role) ?? []), one]);
  }
  return [...groups].sort(([one], [other]) => one.localeCompare(other)).map(([, group]) => group);
}

async function regionOfTheUser({ client }: Ecs): Promise<string> {
  const region = await regionOf(client);
  if (region === undefined) {
    throw new CouldNotCheck("no Region is set; set AWS_REGION");
  }
  return region;
}
