import { readFileSync } from "node:fs";
import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { readContainers } from "../../modules/ecs-task-execution-role/synth/containers";
import { isObject } from "../../modules/ecs-task-execution-role/synth/definitions";
import { CouldNotCheck } from "../could-not-check";
import type { Found } from "../needs/found";
import { locationOf, partsOf } from "../needs/task";
import { ofPlan } from "./plan/plan";
import type { PlanJson } from "./plan/plan-json";

/** Reads a file with a task definition or a plan. */
export async function ofFile(file: string, region: () => Promise<string>): Promise<Found[]> {
  const json = parsed(file);
  return isObject(json) && "planned_values" in json
    ? ofPlan(json as unknown as PlanJson, file, region)
    : [await ofDefinition(json, file, region)];
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new CouldNotCheck(
      (error as NodeJS.ErrnoException).code
        ? `${file} cannot be read (${(error as Error).message})`
        : `${file} is not JSON`,
    );
  }
}

/** Reads the input of register-task-definition, or the output of describe-task-definition. */
async function ofDefinition(json: unknown, file: string, region: () => Promise<string>): Promise<Found> {
  const whole = Array.isArray(json) ? { containerDefinitions: json } : json;
  const definition: TaskDefinition =
    isObject(whole) && isObject(whole.taskDefinition) ? whole.taskDefinition : (whole as object);
  checkContainers(definition.containerDefinitions ?? json, file);
  const { family, revision, taskDefinitionArn: arn, executionRoleArn: roleArn = "" } = definition;
  if (roleArn && !roleArn.startsWith("arn:")) {
    throw new CouldNotCheck(`executionRoleArn in ${file} is not an ARN (${roleArn})`);
  }
  const location = arn ? locationOf(arn) : { ...locationOf(roleArn), region: await region() };
  const name = family ? [family, revision].filter(Boolean).join(":") : file;
  const parts = partsOf(definition, location);
  return { task: { name, services: [], location, parts }, ...(roleArn && { roleArn }) };
}

/** @throws CouldNotCheck if ECS could not read them. */
export function checkContainers(containers: unknown, where: string): void {
  const { unreadable, misshapen, sizes } = readContainers(containers as object);
  const faults = [...unreadable, ...misshapen.map(({ container, field, what }) => `${container}: ${field} is ${what}`)];
  if (faults.length > 0 || sizes.every((size) => size === 0)) {
    throw new CouldNotCheck(`${where} is not a task definition (${faults[0] ?? "it has no containers"})`);
  }
}
