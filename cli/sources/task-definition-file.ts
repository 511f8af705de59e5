import { readFileSync } from "node:fs";
import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { VALUES_OF_CONTAINERS } from "../../modules/ecs-task-execution-role/rules/container-rules";
import { readContainers } from "../../modules/ecs-task-execution-role/synth/read-containers";
import { violatesFormat } from "../../modules/ecs-task-execution-role/synth/violations";
import { isObject } from "../../modules/ecs-task-execution-role/unknown";
import { CouldNotCheck } from "../could-not-check";
import { unique } from "../grouped";
import { componentsOf, isOnlyFargate, locationOf } from "../needs/task";
import type { TaskWithRole } from "../needs/task-with-role";
import { hasPlaceholder, isPlaceholder, readTemplate, readVolumes, repositoryOf, withImages } from "./templates";

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
  const given = withImages(definition.containerDefinitions, images);
  checkContainers(given ?? json, file);
  const { containers, unknown, untagged } = readTemplate(objectsIn(given, `containerDefinitions in ${file}`));
  const { volumes, unknown: unknownVolumes } = readVolumes(objectsIn(definition.volumes, `volumes in ${file}`));
  const {
    family,
    revision,
    requiresCompatibilities,
    taskDefinitionArn: arn,
    executionRoleArn: roleArn = "",
  } = definition;
  if (roleArn && (!/^arn:[^:]+:iam::[0-9]{12}:role\/./.test(roleArn) || hasPlaceholder(roleArn))) {
    throw new CouldNotCheck(
      `executionRoleArn in ${file} is not the ARN of a role, arn:PARTITION:iam::ACCOUNT:role/NAME (${roleArn})`,
    );
  }
  const location =
    arn && !hasPlaceholder(arn)
      ? locationOf(arn)
      : { ...locationOf(roleArn || arnOfAccount(definition)), region: await region() };
  const name = family ? [family, revision].filter(Boolean).join(":") : file;
  const known = { containerDefinitions: containers as TaskDefinition["containerDefinitions"], volumes };
  const components = componentsOf(known, location).map((component) => {
    const imageRepositories = repositoryOf(untagged.get(component.name) ?? "", location.partition);
    return {
      ...component,
      ...(hasPlaceholder(component.logStream) && { logStream: "*" }),
      ...(imageRepositories.length > 0 && { access: { ...component.access, imageRepositories } }),
    };
  });
  return {
    task: {
      name,
      services: [],
      location,
      components,
      unknown: [...unknown, ...unknownVolumes],
      isFargate: isOnlyFargate(requiresCompatibilities),
    },
    isFile: true,
    ...(roleArn && { roleArn }),
  };
}

/** An ARN in the account of a task definition without an execution role: that of everything that it names. */
function arnOfAccount({ taskRoleArn, containerDefinitions, volumes }: TaskDefinition): string {
  const text = JSON.stringify([taskRoleArn, containerDefinitions, volumes]);
  const [account = "", ...others] = unique(text.match(ACCOUNT) ?? []);
  const [, partition = text.includes(".amazonaws.com.cn/") ? "aws-cn" : "aws"] =
    text.match(/\barn:(aws[a-z-]*):/) ?? [];
  return `arn:${partition}:iam::${others.length === 0 ? account : ""}:role/`;
}

/** In an ARN, or in an image of ECR. */
const ACCOUNT = /(?<![0-9a-z])[0-9]{12}(?=:|\.dkr[.-]ecr)/g;

/** @throws CouldNotCheck if it is something else than a list of objects. */
function objectsIn<T extends object>(given: unknown, where: string): T[] {
  const objects = given ?? [];
  if (!Array.isArray(objects) || !objects.every(isObject)) {
    throw new CouldNotCheck(`${where} is not a list of objects`);
  }
  return objects as unknown as T[];
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
