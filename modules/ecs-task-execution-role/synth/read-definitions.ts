import type { ContainerDefinitions } from "../inputs/access";
import { isObject, isUnknown } from "../unknown";

/** What was passed as container definitions: its containers, and what could not be read. */
export interface Definitions {
  /** Each is a container, or a string or list that only Terraform can read. */
  readonly containers: readonly unknown[];
  /** The number of containers in each task definition. */
  readonly sizes: readonly number[];
  /** Descriptions of what cannot be read. */
  readonly unreadable: readonly string[];
}

/** Reads an array of containers, its JSON, a task definition that contains it, or several of these. */
export function readDefinitions(given: ContainerDefinitions | undefined): Definitions {
  const isList = Array.isArray(given);
  const items: readonly unknown[] = isList ? given : [given ?? []].flat();
  const containers = items.filter((item) => isList && isContainer(item));
  const others = items.filter((item) => !isList || !isContainer(item)).map(readDefinition);
  return {
    containers: [...containers, ...others.flatMap((one) => (typeof one === "string" ? [] : one))],
    sizes: [containers.length, ...others.flatMap((one) => (typeof one === "string" ? [] : one.length))],
    unreadable: others.filter((one) => typeof one === "string"),
  };
}

/** Converts container definitions to a list of task definitions, so that those of several grants stay separate. */
export function asDefinitions(given: ContainerDefinitions | undefined): (string | object)[] {
  if (!Array.isArray(given)) {
    return [given ?? []].flat();
  }
  const containers = given.filter(isContainer);
  const others = given.filter((item) => !isContainer(item));
  return containers.length === 0 ? others : [{ containerDefinitions: containers }, ...others];
}

/** In a list, an object is a container unless it contains container definitions. */
function isContainer(item: unknown): boolean {
  return isObject(item) && containersIn(item) === undefined;
}

/** The containers of one task definition, or a description of what was passed instead. */
function readDefinition(given: unknown): readonly unknown[] | string {
  if (isUnknown(given)) {
    return [given];
  }
  if (typeof given !== "string") {
    return containersIn(given) ?? whatItIs(given);
  }
  const text = given.replace(/^\uFEFF/, "");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return whatTextItIs(text, (error as Error).message);
  }
  return containersIn(value) ?? whatItIs(value);
}

/** The list itself, or that of a task definition or of the output of `aws ecs describe-task-definition`. */
function containersIn(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) {
    return value;
  }
  if (!isObject(value)) {
    return undefined;
  }
  const { containerDefinitions, taskDefinition } = value;
  return taskDefinition === undefined ? containersIn(containerDefinitions) : containersIn(taskDefinition);
}

/** Common mistakes, recognized by a key. */
const INSTEAD: readonly (readonly [key: string, what: string])[] = [
  ["ContainerDefinitions", "a task definition with CloudFormation keys"],
  ["Properties", "a CloudFormation resource"],
  ["Resources", "a CloudFormation template"],
  ["containerProperties", "an AWS Batch job definition, whose containers have different fields"],
  ["AWSEBDockerrunVersion", "a Dockerrun file without containerDefinitions"],
  ["services", "a Compose file"],
  ["image", "a single container, not in a list"],
  ["name", "a single container, not in a list"],
];

function whatItIs(value: unknown): string {
  if (!isObject(value)) {
    return typeof value === "string" ? "JSON that was encoded twice" : "JSON that is not container definitions";
  }
  return INSTEAD.find(([key]) => key in value)?.[1] ?? "an object without containerDefinitions";
}

/** Common mistakes in text that is not JSON, recognized by a pattern. */
const TEXTS: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^[\w./\\-]+\.(json|ya?ml|tpl|tftpl)$/, "the name of a file instead of its content"],
  [/^\s*(\/\/|\/\*)|^[^"]*("[^"]*"[^"]*)*(\/\/|\/\*)/, "JSON with comments"],
  [/,\s*[\]}]/, "JSON with a trailing comma"],
  [/^\s*(- |[A-Za-z]+:)/m, "YAML"],
];

/** Uses only the position from the parser's message, because the message can show the text. */
function whatTextItIs(text: string, message: string): string {
  const what = TEXTS.find(([pattern]) => pattern.test(text))?.[1] ?? "text that is not JSON";
  const [, place] = message.match(/position (\d+)/) ?? [];
  return `${what} (${text.length} characters${place ? `, the error is at character ${Number(place) + 1}` : ""})`;
}
