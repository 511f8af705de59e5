import type { TaskLocation } from "../../modules/ecs-task-execution-role/aws/container-grants";
import { NOTHING_NEEDED } from "../../modules/ecs-task-execution-role/aws/permissions";
import { grantsOf } from "../../modules/ecs-task-execution-role/synth/grants";
import type { AccessStatement } from "../../modules/ecs-task-execution-role/synth/statements";
import { accessStatements } from "../../modules/ecs-task-execution-role/synth/statements";

/** A resource on which an action is needed, and the condition keys that a statement must restrict it by. */
export interface NeededPattern {
  readonly pattern: string;
  readonly keys: readonly string[];
}

/** By action, in lower case. */
export type NeededPatterns = ReadonlyMap<string, readonly NeededPattern[]>;

/** What may stand in a policy in place of a resource and allows no more. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/(:secret:.+)-[A-Za-z0-9]{6}$/, "$1-??????"],
  [/(:log-group:[^:]+):\*$/, "$1"],
];

export function neededPatterns(statements: readonly AccessStatement[], location: TaskLocation): NeededPatterns {
  const patterns = new Map<string, NeededPattern[]>();
  for (const { actions, resources, condition = [] } of [...statements, ...neverTooMuch(location)]) {
    const keys = condition.map(({ variable }) => variable.toLowerCase());
    const all = resources.flatMap((one) => [one, ...SAME.map(([from, to]) => one.replace(from, to))]);
    for (const action of actions) {
      const found = [...new Set(all)].map((pattern) => ({ pattern, keys }));
      patterns.set(action.toLowerCase(), [...(patterns.get(action.toLowerCase()) ?? []), ...found]);
    }
  }
  return patterns;
}

/** GuardDuty adds its agent to tasks without a word in their definitions, and IAM takes no policy without a statement. */
function neverTooMuch(location: TaskLocation): AccessStatement[] {
  const none = grantsOf({}, location);
  const withAgent = accessStatements({ guardDutyAgent: true }, none, none, location.partition);
  return [...withAgent.filter(({ resources }) => !resources.includes("*")), NOTHING_NEEDED];
}
