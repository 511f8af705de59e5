import { snakeCase } from "../../modules/ecs-task-execution-role/permissions/facts";

/** Props as variables of the module: names in snake case, except for map keys, which are the user's own. */
export function asVariables(props: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(props).map(([name, value]) => [
      snakeCase(name),
      ["access", "trust"].includes(name) && typeof value === "object" ? asVariables(value) : value,
    ]),
  );
}

/** Calls of the Terraform module in `./role` with these props, in Terraform's JSON syntax. */
export function moduleCalls(roles: readonly (readonly [name: string, props: object])[]): string {
  const calls = roles.map(([name, props]) => [name, { source: "./role", ...asVariables(props) }]);
  return JSON.stringify({ module: Object.fromEntries(calls) });
}
