import type { TaskLocation } from "../../modules/ecs-task-execution-role/permissions/container-grants";
import { accessStatements } from "../../modules/ecs-task-execution-role/synth/access-statements";
import { grantsOf } from "../../modules/ecs-task-execution-role/synth/grants";
import { type ContainerValue, readContainers } from "../../modules/ecs-task-execution-role/synth/read-containers";
import { isObject } from "../../modules/ecs-task-execution-role/unknown";
import { matches, patternOf } from "../evaluation/operators/globs";
import type { SourceFile } from "../needs/task-with-role";

/** Finds the value that a finding is about, or else its container, or else the execution role. */
export function linesOfDefinition(text: string, json: unknown, location: TaskLocation): SourceFile["lineOf"] {
  const definition = isObject(json) && isObject(json.taskDefinition) ? ["taskDefinition"] : [];
  const list = Array.isArray(json) ? [] : [...definition, "containerDefinitions"];
  const read = readContainers(json as object);
  const containers = read.containers.map((one, index) => String((isObject(one) ? one.name : undefined) ?? index));
  const lines = withLines(text);
  return (container, subject) => {
    const about = read.values.find((one) => one.container === container && namesOf(one).some(isIn(subject)));
    const path = [...list, containers.indexOf(container)];
    const places = [
      [...path, ...(about?.field ?? "").split(/[.[\]]+/).filter(Boolean)],
      [...path, "name"],
      [...definition, "executionRoleArn"],
    ];
    return places.map((place) => valueAt(lines, place)).find((line) => typeof line === "number") ?? 1;
  };

  /** What a finding calls a value: by its field, as it is written, by a resource, or by a call that it needs. */
  function namesOf(value: ContainerValue): string[] {
    const grants = grantsOf({}, location, { ...read, values: [value] });
    const arns = Object.values(grants).flat();
    const statements = accessStatements(grants);
    return [
      value.field,
      String(value.value),
      ...arns.map((arn) => arn.replace(/^.*:log-group:/, "")),
      ...statements.flatMap(({ resources }) => resources).filter((resource) => resource !== "*"),
      ...statements.flatMap(({ actions, resources }) =>
        actions.flatMap((action) => resources.map((resource) => `${action} on ${resource}`)),
      ),
    ];
  }
}

const isIn = (subject: string) => (name: string) => matches(patternOf(name), subject);

/** The values of a JSON text, with its line in the place of each string. */
function withLines(text: string): unknown {
  let line = 1;
  const lined = text.replace(STRING_OR_LINE_BREAK, (token: string, colon?: string) => {
    const isValue = token.startsWith('"') && colon === undefined;
    const replaced = isValue ? String(line) : token;
    line += token.split("\n").length - 1;
    return replaced;
  });
  return JSON.parse(lined);
}

/** A key includes its colon. */
const STRING_OR_LINE_BREAK = /"(?:[^"\\]|\\.)*"(\s*:)?|\n/g;

function valueAt(json: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((node, step) => (node as Readonly<Record<string, unknown>> | undefined)?.[step], json);
}
