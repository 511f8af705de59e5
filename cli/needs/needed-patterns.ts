import type { TaskLocation } from "../../modules/ecs-task-execution-role/permissions/container-grants";
import { NOTHING_NEEDED } from "../../modules/ecs-task-execution-role/permissions/permissions";
import { type AccessStatement, accessStatements } from "../../modules/ecs-task-execution-role/synth/access-statements";
import { grantsOf } from "../../modules/ecs-task-execution-role/synth/grants";

/** A resource on which an action is needed, and the conditions that a statement must have. */
export interface NeededPattern {
  readonly pattern: string;
  readonly conditions: readonly NeededCondition[];
}

export interface NeededCondition {
  readonly variable: string;
  /** Patterns. */
  readonly values: readonly string[];
}

/** By action, in lower case. */
export type NeededPatterns = ReadonlyMap<string, readonly NeededPattern[]>;

/** Other forms of a resource in a policy that allow no more. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/(:secret:.+)-[A-Za-z0-9]{6}$/, "$1-??????"],
  [/(:log-group:[^:]+):\*$/, "$1"],
];

export function neededPatterns(
  statements: readonly AccessStatement[],
  location: TaskLocation,
  hasAgent: boolean,
): NeededPatterns {
  const patterns = new Map<string, NeededPattern[]>();
  for (const { actions, resources, condition = [] } of [...statements, ...alwaysAcceptable(location, hasAgent)]) {
    const conditions = condition.map(({ variable, values }) => ({
      variable,
      values: values.map((value) => value.replaceAll("&{aws:PrincipalAccount}", location.account)),
    }));
    const all = resources.flatMap((one) => [one, ...SAME.map(([from, to]) => one.replace(from, to))]);
    for (const action of actions) {
      const found = [...new Set(all)].map((pattern) => ({ pattern, conditions }));
      patterns.set(action.toLowerCase(), [...(patterns.get(action.toLowerCase()) ?? []), ...found]);
    }
  }
  return patterns;
}

/**
 * GuardDuty adds its agent to tasks although their definitions do not mention it, and IAM rejects a policy without a
 * statement.
 *
 * @param hasAgent whether the role allows the agent, which needs the registry login even if no image does.
 */
function alwaysAcceptable(location: TaskLocation, hasAgent: boolean): AccessStatement[] {
  const withAgent = accessStatements(grantsOf({ guardDutyAgent: true }, location));
  return [...withAgent.filter(({ resources }) => hasAgent || !resources.includes("*")), NOTHING_NEEDED];
}
