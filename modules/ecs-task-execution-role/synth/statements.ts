import type { GrantField, Grants } from "../aws/access-fields";
import { NOTHING_NEEDED, PERMISSIONS, type Permission } from "../aws/permissions";
import type { ArnMapping } from "../aws/resource-arns";
import type { TaskExecutionAccess } from "../inputs/access";

/** A statement, in nearly the form that `data.aws_iam_policy_document` takes. */
export interface AccessStatement {
  readonly sid: string;
  readonly actions: string[];
  /** The known resources. */
  readonly resources: string[];
  /** Lists of other resources, as Terraform expressions. */
  readonly laterResources?: string[];
  /** Terraform expressions for lists: the statement exists only if one is not empty. If omitted, it always exists. */
  readonly onlyIf?: string[];
  readonly condition?: AccessCondition[];
}

export interface AccessCondition {
  readonly test: string;
  readonly variable: string;
  /** The known values. */
  readonly values: string[];
  /** Lists of other values, as Terraform expressions. */
  readonly laterValues?: string[];
}

/** The ARNs that are unknown at synth, as Terraform expressions. */
export interface Later {
  /** The list of a field's other ARNs, if it can have any. */
  readonly arns: (field: GrantField) => string | undefined;
  /** Maps a list of ARNs to the list of their resources. */
  readonly mapped: (mapping: ArnMapping, arns: string) => string;
}

const NOTHING_LATER: Later = { arns: () => undefined, mapped: () => "[]" };

/**
 * The statements that grant exactly this access. Statements that would grant nothing are omitted.
 *
 * @param grants all ARNs that `access` is certain to grant, known or not.
 * @param known the known ones among them.
 * @param partition the partition for generated ARNs, which can be a Terraform expression.
 */
export function accessStatements(
  { guardDutyAgent = false }: TaskExecutionAccess,
  grants: Grants,
  known: Grants,
  partition: string,
  later = NOTHING_LATER,
): AccessStatement[] {
  const isCertain = ({ givenBy }: Permission) =>
    givenBy.some((field) => (field === "guardDutyAgent" ? guardDutyAgent : grants[field].length > 0));
  const laterArns = ({ givenBy }: Permission) =>
    givenBy.filter((field) => field !== "guardDutyAgent").flatMap((field) => later.arns(field) ?? []);
  const statements = PERMISSIONS.filter((one) => isCertain(one) || laterArns(one).length > 0).map((permission) => {
    const { sid, actions } = permission;
    const arns = laterArns(permission);
    const condition = conditionOf(permission, known, later);
    return {
      sid,
      actions: [...actions],
      ...resourcesOf(permission, arns, known, partition, later),
      ...(!isCertain(permission) && { onlyIf: arns }),
      ...(condition && { condition: [condition] }),
    };
  });
  return statements.length > 0 ? statements : [NOTHING_NEEDED];
}

function conditionOf({ condition }: Permission, known: Grants, later: Later): AccessCondition | undefined {
  if (!condition) {
    return undefined;
  }
  const { test, variable, values = [], from } = condition;
  const given = from ? sortedSet(known[from.field].flatMap((one) => mapped(from.mapping, one))) : [];
  const list = from && later.arns(from.field);
  if (from && list !== undefined) {
    return { test, variable, values: given, laterValues: [later.mapped(from.mapping, list)] };
  }
  const all = given.length > 0 ? given : [...values];
  return all.length > 0 ? { test, variable, values: all } : undefined;
}

function resourcesOf(
  { givenBy, resources }: Permission,
  arns: readonly string[],
  known: Grants,
  partition: string,
  later: Later,
): Pick<AccessStatement, "resources" | "laterResources"> {
  if ("fixed" in resources) {
    return { resources: [resources.fixed(partition)] };
  }
  const literals = givenBy.filter((field) => field !== "guardDutyAgent").flatMap((field) => known[field]);
  return {
    resources: sortedSet(literals.flatMap((arn) => mapped(resources, arn))),
    ...(arns.length > 0 && { laterResources: arns.map((list) => later.mapped(resources, list)) }),
  };
}

export function sortedSet(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

/** The resource ARNs for an input. */
export function mapped(mapping: ArnMapping, arn: string): string[] {
  return mapping.map((replacements) => replacements.reduce((text, [pattern, by]) => text.replace(pattern, by), arn));
}
