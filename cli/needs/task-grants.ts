import { GRANT_FIELDS, type GrantField } from "../../modules/ecs-task-execution-role/permissions/access-fields";
import type { TaskLocation } from "../../modules/ecs-task-execution-role/permissions/container-grants";
import { type AccessStatement, accessStatements } from "../../modules/ecs-task-execution-role/synth/access-statements";
import { grantsOf } from "../../modules/ecs-task-execution-role/synth/grants";
import type { Task } from "./task";

/** What one component of a task needs because of one ARN. */
export interface Grant {
  readonly component: string;
  /** The field of `access` that grants it. */
  readonly field: string;
  readonly arn: string;
  readonly statements: readonly AccessStatement[];
  /** The log stream that it writes to. */
  readonly logStream?: string;
}

/** The field of `access` for grants with a different name. */
const FIELD_OF_ACCESS: Readonly<Record<string, string>> = {
  referencedSecrets: "parameters",
};

const known = new WeakMap<Task, readonly Grant[]>();

/** Everything that a task needs according to its definition and its services; worked out once. */
export function taskGrants(task: Task): readonly Grant[] {
  const grants = known.get(task) ?? workedOut(task);
  known.set(task, grants);
  return grants;
}

function workedOut({ components, location }: Task): Grant[] {
  return components.flatMap(({ name, access, logStream }) => {
    const grants = grantsOf(access, location);
    return GRANT_FIELDS.flatMap((field) =>
      [...new Set(grants[field])].map((arn) => ({
        ...grant(name, field, arn, location),
        ...(logStream && { logStream }),
      })),
    );
  });
}

/** What one ARN in a field of `access` grants. */
export function grant(component: string, field: GrantField, arn: string, location: TaskLocation): Grant {
  const grants = { ...grantsOf({}, location), [field]: [arn] };
  const statements = accessStatements(grants);
  return { component, field: FIELD_OF_ACCESS[field] ?? field, arn, statements };
}
