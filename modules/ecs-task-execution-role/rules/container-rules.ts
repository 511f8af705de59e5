import { KINDS, type Kind } from "../aws/container-fields";
import type { ContainersRow, Rule, Wording } from "./rule";

/** What each kind of value must be; a fault names the container and the field. */
export const VALUES_OF_CONTAINERS: readonly (ContainersRow & Wording)[] = (Object.keys(KINDS) as Kind[])
  .filter((kind) => kind !== "newLogGroup")
  .map((kind) => ({ containers: kind, ...KINDS[kind] }));

/** The rules on container definitions. */
export const CONTAINER_RULES: readonly Rule[] = [
  {
    readable: "containerDefinitions",
    must: "be an array of container definitions, or its JSON",
    fix: "hand over what the task definition gets",
  },
  ...VALUES_OF_CONTAINERS,
];
