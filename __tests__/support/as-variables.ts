import { snakeCase } from "../../modules/ecs-task-execution-role/aws/facts";

/** Props as variables of the module: names in snake case, except for map keys, which are the user's own. */
export function asVariables(props: object): unknown {
  return Object.fromEntries(
    Object.entries(props).map(([name, value]) => [
      snakeCase(name),
      ["access", "trust"].includes(name) && typeof value === "object" ? asVariables(value) : value,
    ]),
  );
}
