import { type FormatName, VALUE_FORMATS } from "../permissions/container-fields";
import { ACCESS_FACTS, CONTAINER_FACTS, inCamelCase, type Wording, wording } from "../permissions/facts";
import type { ContainersRow, Rule } from "./rule";

/** The rules on each kind of value; the error names the container and the field. */
export const VALUES_OF_CONTAINERS = Object.entries(inCamelCase(CONTAINER_FACTS.formats)).map(
  ([name, row]): ContainersRow & Wording => ({
    kind: "containers",
    format: VALUE_FORMATS[name as FormatName],
    ...wording(row),
  }),
);

export const READABLE: Wording = wording(ACCESS_FACTS.rules.readable);

export const TASK_SIZE: Wording = wording(ACCESS_FACTS.rules.size);

/** The rules on container definitions. */
export const CONTAINER_RULES: readonly Rule[] = [
  { kind: "readable", ...READABLE },
  { kind: "taskSize", atMost: ACCESS_FACTS.rules.size.at_most, ...TASK_SIZE },
  { kind: "shapes", ...wording(ACCESS_FACTS.rules.structure) },
  ...VALUES_OF_CONTAINERS,
];
