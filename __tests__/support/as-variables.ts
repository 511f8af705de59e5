import { snakeCase } from "../../modules/ecs-task-execution-role/hcl/language";

/** Props as variables: the names in snake case, but for the keys of maps, which are the user's. */
export function asVariables(props: object): unknown {
  return Object.fromEntries(
    Object.entries(props).map(([name, value]) => [
      snakeCase(name),
      ["access", "trust"].includes(name) && typeof value === "object" ? asVariables(value) : value,
    ]),
  );
}
