import type { Level } from "../evaluation/service-reference/actions";

/** A call to AWS. */
interface Call {
  readonly action: string;
  readonly resource: string;
}

/** A statement of a policy. */
interface NamedStatement {
  readonly policy: string;
  /** Its Sid, or its number. */
  readonly statement: string;
}

/** A call that Amazon ECS makes for the tasks of a role, and whether it is allowed. */
export interface CheckedCall extends Call {
  /** The field of `access` that grants it. */
  readonly field: string;
  /** The task definitions, and the containers in them, that need the call. */
  readonly tasks: readonly { readonly taskDefinition: string; readonly container: string }[];
  readonly allowed: boolean;
  /** The condition under which it is allowed, if the command cannot know whether the condition is met. */
  readonly onlyWith?: string;
  readonly why?: string;
  /** What denies it: a Deny statement, the permissions boundary, or a condition that is not met. */
  readonly deniedBy?: string;
}

/** A principal other than Amazon ECS that the trust policy allows to assume the role. */
export interface OtherPrincipal {
  /** The Sid of the statement, or its number. */
  readonly statement: string;
  readonly principal: string;
}

/** A statement, or a part of one, that can never match a call. */
export interface DeadStatement extends NamedStatement, Call {
  readonly why: string;
}

/** Something that tasks name and that does not exist. */
export interface AbsentResource {
  readonly kind: "image" | "log group" | "secret" | "parameter" | "file";
  readonly name: string;
  readonly why: string;
  readonly tasks: CheckedCall["tasks"];
}

/** A value that a plan knows only after apply, or a placeholder in a template. */
export interface UnknownValue {
  /** The field of the container definition, or of the role. */
  readonly field: string;
  /** The addresses of the resources whose values it needs, as far as the plan names them. */
  readonly waitsFor: readonly string[];
  /** For a policy: the calls that it decides. */
  readonly calls?: readonly Call[];
  readonly tasks: CheckedCall["tasks"];
}

/** An action and a resource in a statement that allow more than the needed calls. */
export interface Excess extends NamedStatement, Call {
  readonly level: Level;
  /** A call that it allows and that no task needs. */
  readonly example: Call;
  readonly why: string;
  /** The other statements that allow the same action on the same resource. */
  readonly also?: readonly NamedStatement[];
}

export interface RoleFindings {
  readonly calls: readonly CheckedCall[];
  readonly excess: readonly Excess[];
  readonly principals: readonly OtherPrincipal[];
  readonly dead: readonly DeadStatement[];
  readonly absent: readonly AbsentResource[];
  readonly unknown: readonly UnknownValue[];
  readonly notes: readonly string[];
}
