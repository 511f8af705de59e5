import type { Task } from "../needs/task";
import type { Unknown } from "./findings";

/** The fields of tasks that are not known. */
export function unknownIn(tasks: readonly Task[]): Unknown[] {
  return tasks.flatMap(({ name, unknown = [] }) =>
    unknown.map(({ container, field, waitsFor }) => ({
      field,
      waitsFor,
      tasks: [{ taskDefinition: name, container }],
    })),
  );
}
