import { readFileSync } from "node:fs";
import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { VALUES_OF_CONTAINERS } from "../../modules/ecs-task-execution-role/rules/container-rules";
import { readContainers } from "../../modules/ecs-task-execution-role/synth/read-containers";
import { violatesFormat } from "../../modules/ecs-task-execution-role/synth/violations";
import { isObject } from "../../modules/ecs-task-execution-role/unknown";
import { CouldNotCheck } from "../could-not-check";
import { componentsOf, isOnlyFargate, locationOf } from "../needs/task";
import type { TaskWithRole } from "../needs/task-with-role";
import { isPlaceholder, readTemplate, repositoryOf } from "./templates";

export function jsonIn(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CouldNotCheck(`${file} is not JSON (${(error as Error).message})`);
  }
}

const REASONS: Readonly<Record<string, string>> = { ENOENT: "there is no such file", EISDIR: "it is a folder" };

/** The text of a file without a byte order mark, which some Windows editors write. */
export function textIn(file: string): string {
  try {
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new CouldNotCheck(`${file} cannot be read (${REASONS[code] ?? message})`);
  }
}

/**
 * Reads the input of register-task-definition, or the output of describe-task-definition. It can be a template.
 *
 * @param images the images that the user names, by container.
 */
export async function taskInFile(
  json: unknown,
  file: string,
  region: () => Promise<string>,
  images: ReadonlyMap<string, string>,
): Promise<TaskWithRole> {
  const whole = Array.isArray(json) ? { containerDefinitions: json } : json;
  const definition: TaskDefinition =
    isObject(whole) && isObject(whole.taskDefinition) ? whole.taskDefinition : Object(whole);
  const { containers, unknown, untagged } = readTemplate(definition.containerDefinitions, images);
  checkContainers(definition.containerDefinitions ?? json, file);
  const {
    family,
    revision,
    requiresCompatibilities,
    taskDefinitionArn: arn,
    executionRoleArn: roleArn = "",
  } = definition;
  if (roleArn && !/^arn:[^:]+:iam::[0-9]{12}:role\/./.test(roleArn)) {
    throw new CouldNotCheck(
      `executionRoleArn in ${file} is not the ARN of a role, arn:PARTITION:iam::ACCOUNT:role/NAME (${roleArn})`,
    );
  }
  const location = arn ? locationOf(arn) : { ...locationOf(roleArn), region: await region() };
  const name = family ? [family, revision].filter(Boolean).join(":") : file;
  const known = { ...definition, containerDefinitions: containers as TaskDefinition["containerDefinitions"] };
  const components = componentsOf(known, location).map((component) => {
    const imageRepositories = repositoryOf(untagged.get(component.name) ?? "", location.partition);
    return imageRepositories.length > 0
      ? { ...component, access: { ...component.access, imageRepositories } }
      : component;
  });
  return {
    task: { name, services: [], location, components, unknown, isFargate: isOnlyFargate(requiresCompatibilities) },
    isFile: true,
    ...(roleArn && { roleArn }),
  };
}

/** @throws CouldNotCheck if ECS could not read them. */
export function checkContainers(containers: unknown, where: string): void {
  const { unreadable, structureViolations, sizes, values } = readContainers(containers as object);
  const violations = [
    ...unreadable,
    ...structureViolations.map(({ container, field, what }) => `${container}: ${field} is ${what}`),
    ...VALUES_OF_CONTAINERS.flatMap(({ format, must }) =>
      values
        .filter((one) => violatesFormat(format, one) && !isPlaceholder(one))
        .map(({ container, field, value }) => `${container}: ${field} ${JSON.stringify(value)} must ${must}`),
    ),
  ];
  if (violations.length > 0 || sizes.every((size) => size === 0)) {
    throw new CouldNotCheck(`${where} is not a task definition (${violations[0] ?? "it has no containers"})`);
  }
}
