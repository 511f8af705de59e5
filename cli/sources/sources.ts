import { isObject } from "../../modules/ecs-task-execution-role/synth/definitions";
import { regionOf } from "../account/clients";
import type { Ecs } from "../account/ecs";
import { CouldNotCheck, WrongUsage } from "../could-not-check";
import { grouped } from "../grouped";
import { type Found, foundIn } from "../needs/found";
import { jsonIn, ofDefinition } from "./files";
import type { PlanJson } from "./plan/json/plan-json";
import { ofPlan } from "./plan/plan";
import { ofCluster, ofService } from "./services";

type Values = Readonly<Record<string, unknown>>;

type Source = (value: string, ecs: Ecs, images: ReadonlyMap<string, string>) => Promise<Found[]>;

/** The sources by option. */
const SOURCES: Readonly<Record<string, Source>> = {
  "task-definition": ofTaskDefinition,
  service: (name, ecs) => ofService(ecs, name),
  cluster: (name, ecs) => ofCluster(ecs, name),
  file: ofFile,
};

/** A task definition, or those in a plan, which can be none. */
async function ofFile(file: string, ecs: Ecs, images: ReadonlyMap<string, string>): Promise<Found[]> {
  const json = jsonIn(file);
  const region = () => regionOfTheUser(ecs);
  return isObject(json) && "planned_values" in json
    ? ofPlan(json as unknown as PlanJson, region)
    : [await ofDefinition(json, file, region, images)];
}

/** A family with or without its revision, or an ARN. */
const TASK_DEFINITION = /^([\w-]+(:\d+)?|arn:[^:]+:ecs:.*)$/;

async function ofTaskDefinition(name: string, ecs: Ecs): Promise<Found[]> {
  if (!TASK_DEFINITION.test(name)) {
    throw new WrongUsage(`--task-definition must be FAMILY or FAMILY:REVISION, not ${name}`);
  }
  return [foundIn(await ecs.taskDefinition(name), [])];
}

/** The task definitions of all sources; none if they are plans without task definitions. */
export async function find(values: Values, ecs: Ecs): Promise<Found[]> {
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
    throw new CouldNotCheck("the sources run no task definition; a service may have been deleted");
  }
  const named = found.filter(({ isFile }) => isFile).flatMap(({ task }) => task.parts.map(({ name }) => name));
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
export function byRole(found: readonly Found[]): [Found, ...Found[]][] {
  const roleOf = ({ roleArn, task }: Found) => roleArn ?? ` of ${task.name}`;
  return grouped(found, roleOf).sort(([one], [other]) => roleOf(one).localeCompare(roleOf(other)));
}

async function regionOfTheUser({ client }: Ecs): Promise<string> {
  const region = await regionOf(client);
  if (region === undefined) {
    throw new CouldNotCheck("no Region is set; set AWS_REGION");
  }
  return region;
}
