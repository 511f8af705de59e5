import type { ListFieldName, Switch } from "../aws/access-fields";
import type { CheckedKind, Shape, ValueFormat } from "../aws/container-fields";
import type { TrustFieldName } from "../aws/trust-fields";
import type { EcsTaskExecutionRoleProps } from "../inputs/props";
import { isUnknown } from "../unknown";

/** The words of a fault: "must <must>. Fix: <fix>." */
export interface Wording {
  readonly must: string;
  readonly fix: string;
}

/**
 * What a text must be. Its length stands beside the pattern and not in it, because Terraform compiles the pattern at
 * each plan, for each role, and would compile as many copies as it has repetitions.
 */
export interface Format {
  readonly pattern: RegExp;
  readonly atMost?: number;
}

type TextProp = "roleName" | "roleNamePrefix" | "path" | "description" | "permissionsBoundary";

export type MapProp = "tags" | "managedPolicies";

export type ListField = `access.${ListFieldName}` | `trust.${TrustFieldName}`;

/** The value of a prop has a format. */
export interface TextRow {
  readonly text: TextProp;
  readonly format: Format;
}

/** Each of several texts has a format, or never matches a pattern. */
export interface EachRow {
  readonly each: { readonly keys: MapProp } | { readonly values: MapProp } | { readonly elements: ListField };
  /** Which of them the row is about, if not all. */
  readonly where?: RegExp;
  readonly format?: Format;
  readonly never?: RegExp;
}

/** An object has these fields only. */
export interface FieldsRow {
  readonly onlyFields: "access" | "trust";
  readonly fields: readonly string[];
}

/** There are these props only, also where nothing checks types. */
export interface PropsRow {
  readonly onlyProps: readonly string[];
}

/** A prop is a map, also where nothing checks types. */
export interface MapRow {
  readonly isMap: MapProp;
}

/** A switch is on or off, also where nothing checks types. */
export interface SwitchRow {
  readonly isSwitch: "exclusive" | `access.${Switch}`;
}

/** A map has not too many entries. */
export interface CountRow {
  readonly count: MapProp;
  readonly atMost: number;
}

/** A whole number lies between two. */
export interface NumberRow {
  readonly number: "maxSessionDuration";
  readonly from: number;
  readonly to: number;
}

export type AccessField = ListFieldName | Switch | "containerDefinitions";

/** At least one of these fields of `access` is set. */
export interface OneOfRow {
  readonly oneOf: readonly AccessField[];
}

/** A switch of `access` needs one of these fields beside it. */
export interface NeedsRow {
  readonly switch: Switch;
  readonly needs: readonly (ListFieldName | "containerDefinitions")[];
}

/** Container definitions can be read. */
export interface ReadableRow {
  readonly readable: "containerDefinitions";
}

/** A task definition has not too many containers. */
export interface TaskSizeRow {
  readonly containersAtMost: number;
}

/** What holds values in a container definition has the shape that ECS gives it, and its keys have ECS's spelling. */
export interface ShapesRow {
  readonly shapes: readonly Shape[];
}

/** What container definitions name has a format. */
export interface ContainersRow {
  readonly containers: CheckedKind;
  readonly format: ValueFormat;
}

/** The policy of `access` is not too long, in characters without white space. */
export interface PolicyRow {
  readonly policyCharacters: number;
}

/** What no other row can say: written by hand for both readers. */
export interface HandWrittenRow {
  readonly offenders: (props: EcsTaskExecutionRoleProps) => readonly Offender[];
  /** Or why Terraform does not need the check. */
  readonly terraform: TerraformCheck | { readonly unnecessary: string };
}

/**
 * One rule on the inputs, with the wording of its fault. Two readers hold inputs against it, `synth/offenders.ts` at
 * synth and `hcl/checks.ts` in Terraform's language.
 */
export type Rule = Wording & {
  /** The rule holds for roles with this prop only. */
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

/** Of the readers of one language, the one for a rule: it stands under the member that makes a row of its kind. */
export function readerOf<Reader>(rule: Rule, readers: Readonly<Record<string, Reader>>): Reader | undefined {
  return Object.entries(readers).find(([member]) => member in rule)?.[1];
}

/** A value that breaks a rule, and the input it stands in: `roleName`, `tags["team"]`. */
export type Offender = { readonly input: string } & ({ readonly got: unknown } | { readonly shown: string });

/** A rule in Terraform's language, where `var` holds the inputs. */
export interface TerraformCheck {
  /** The input that the fault is about. */
  readonly input: string;
  readonly condition: string;
  /** An expression for what broke the rule. */
  readonly got: string;
  /**
   * The resource that checks it, where it takes more than one variable (which a validation of Terraform 1.5 cannot).
   * The role itself must not refer to `var.access`: what that names may refer to the role.
   */
  readonly precondition?: "aws_iam_role" | "aws_iam_policy";
  /**
   * What of the input it reads. Checks of an input that read the same are one validation, because each validation costs
   * Terraform time, for each role and at each plan; where they read the same, none waits for a value of another.
   */
  readonly reads?: string;
}

export const TRUE_OR_FALSE: Wording = { must: "be true or false, and known at synth", fix: "write true or false" };

/** A fault in the words of its rule. */
export function faultText(input: string, got: string, { must, fix }: Wording): string {
  return `${input}: got ${got}; must ${must}. Fix: ${fix}.`;
}

/** The entries of a map; one that is itself unknown has none to check yet. */
export function entries<V>(map: Readonly<Record<string, V>> | undefined): [string, V][] {
  return isUnknown(map) || !isMap(map) ? [] : Object.entries(map);
}

export function isMap<V>(value: Readonly<Record<string, V>> | undefined): value is Readonly<Record<string, V>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
