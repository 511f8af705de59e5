import type { Task } from "../needs/task";
import type { UnknownValue } from "./findings";

/** The fields of tasks that are not known. */
export function unknownValues(tasks: readonly Task[]): UnknownValue[] {
  return tasks.flatMap(({ name, unknown = [] }) =>
    unknown.map(({ container, field, waitsFor }) => ({
      field,
      waitsFor,
      tasks: [{ taskDefinition: name, container }],
    })),
  );
}
