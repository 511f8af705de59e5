import type { EcsTaskExecutionRoleProps } from "../inputs/props";
import type { ListFieldName, Switch } from "../permissions/access-fields";
import type { ValueFormat } from "../permissions/container-fields";
import { ACCESS_FACTS, type Format, type Wording } from "../permissions/facts";
import type { TrustFieldName } from "../permissions/trust-fields";
import { isObject } from "../unknown";

type TextProp = "roleName" | "roleNamePrefix" | "path" | "description" | "permissionsBoundary";

export type MapProp = "tags" | "managedPolicies";

export type ListField = `access.${ListFieldName}` | `trust.${TrustFieldName}`;

/** The value of a prop must have a format. */
export interface TextRow {
  readonly kind: "text";
  readonly prop: TextProp;
  readonly format: Format;
}

/** Each of several texts must have a format. */
export interface EachRow {
  readonly kind: "each";
  readonly of: "keys" | "values" | "elements";
  /** The map or the list. */
  readonly input: MapProp | ListField;
  /** The texts that the row applies to, if not all. */
  readonly where?: RegExp;
  readonly format: Format;
}

/** An object must have only these fields. */
export interface FieldsRow {
  readonly kind: "fields";
  readonly prop: "access" | "trust";
  readonly fields: readonly string[];
}

/** Only these props are allowed, even in JavaScript without type checks. */
export interface PropsRow {
  readonly kind: "props";
  readonly props: readonly string[];
}

/** A prop must be a map, even in JavaScript without type checks. */
export interface MapRow {
  readonly kind: "map";
  readonly prop: MapProp;
}

/** A switch must be true or false, even in JavaScript without type checks. */
export interface SwitchRow {
  readonly kind: "switch";
  readonly input: "exclusive" | `access.${Switch}`;
}

/** A map must not have too many entries. */
export interface CountRow {
  readonly kind: "count";
  readonly prop: MapProp;
  readonly atMost: number;
}

/** A whole number must be in a range. */
export interface NumberRow {
  readonly kind: "number";
  readonly prop: "maxSessionDuration";
  readonly from: number;
  readonly to: number;
}

export type AccessField = ListFieldName | Switch | "containerDefinitions";

/** At least one of these fields of `access` must be set. The others restrict what these grant. */
export interface OneOfRow {
  readonly kind: "oneOf";
  readonly fields: readonly AccessField[];
  readonly restricting: readonly AccessField[];
}

/** A switch of `access` requires one of these fields. */
export interface NeedsRow {
  readonly kind: "needs";
  readonly switch: Switch;
  readonly needs: readonly (ListFieldName | "containerDefinitions")[];
}

/** Container definitions must be readable. */
export interface ReadableRow {
  readonly kind: "readable";
}

/** A task definition must not have too many containers. */
export interface TaskSizeRow {
  readonly kind: "taskSize";
  readonly atMost: number;
}

/** Objects and lists in a container definition must have the structure and the key spelling of the ECS API. */
export interface ShapesRow {
  readonly kind: "shapes";
}

/** Values in container definitions must have a format. */
export interface ContainersRow {
  readonly kind: "containers";
  readonly format: ValueFormat;
}

/** The access policy must not be too long, not counting whitespace. */
export interface PolicyRow {
  readonly kind: "policy";
  readonly atMost: number;
}

/** A rule that no other row can express. */
export interface HandWrittenRow {
  readonly kind: "custom";
  readonly violations: (props: EcsTaskExecutionRoleProps) => readonly Violation[];
}

/**
 * One rule on the inputs, with the wording of its error. `synth/violations.ts` checks inputs against it. The Terraform module
 * checks the same rules in its own language.
 */
export type Rule = Wording & {
  /** The rule applies only to roles with this prop. */
  readonly onlyWith?: "access";
} & (
    | TextRow
    | EachRow
    | FieldsRow
    | PropsRow
    | MapRow
    | SwitchRow
    | CountRow
    | NumberRow
    | OneOfRow
    | NeedsRow
    | ReadableRow
    | TaskSizeRow
    | ShapesRow
    | ContainersRow
    | PolicyRow
    | HandWrittenRow
  );

/** A value that breaks a rule, and the input that contains it: `roleName`, `tags["team"]`. */
export type Violation = { readonly input: string } & ({ readonly got: unknown } | { readonly shown: string });

const { must, fix } = ACCESS_FACTS.rules.switch;

export const TRUE_OR_FALSE: Wording = { must: `${must}, and known at synth`, fix };

/** An error in the words of its rule. */
export function violationText(input: string, got: string, { must, fix }: Wording): string {
  return `${input}: got ${got}; must ${must}. Fix: ${fix}.`;
}

/** The entries of a map; an unknown map has no entries to check yet. */
export function entries(map: unknown): [string, unknown][] {
  return isObject(map) ? Object.entries(map) : [];
}
