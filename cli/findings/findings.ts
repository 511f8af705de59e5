import type { Level } from "./actions";

/** A call that Amazon ECS makes for the tasks of a role, and whether it is allowed. */
export interface CheckedCall {
  readonly action: string;
  readonly resource: string;
  /** The field of `access` that grants it. */
  readonly field: string;
  /** The task definitions, and the containers in them, that need the call. */
  readonly tasks: readonly { readonly taskDefinition: string; readonly container: string }[];
  readonly allowed: boolean;
  /** The condition under which it is allowed, if the command cannot know whether the condition is met. */
  readonly onlyWith?: string;
  readonly why?: string;
}

/** An action and a resource in a statement that allow more than the needed calls. */
export interface Excess {
  readonly policy: string;
  /** Its Sid, or its number. */
  readonly statement: string;
  readonly action: string;
  readonly resource: string;
  readonly level: Level;
  /** A call that it allows and that no task needs. */
  readonly example: { readonly action: string; readonly resource: string };
  readonly why: string;
}

export interface RoleFindings {
  readonly calls: readonly CheckedCall[];
  readonly excess: readonly Excess[];
  readonly notes: readonly string[];
}
