import type { GrantField, Grants } from "../aws/access-fields";
import { NOTHING_NEEDED, PERMISSIONS, type Permission } from "../aws/permissions";
import type { ArnMapping } from "../aws/resource-arns";
import type { TaskExecutionAccess } from "../inputs/access";

/** A statement, in the form that `data.aws_iam_policy_document` takes. */
export interface AccessStatement {
  readonly sid: string;
  readonly actions: string[];
  readonly resources: string[];
  readonly condition?: AccessCondition[];
}

export interface AccessCondition {
  readonly test: string;
  readonly variable: string;
  readonly values: string[];
}

/**
 * The statements that grant exactly this access. Statements that would grant nothing are omitted, and so are those
 * that only Terraform can write, because they depend on an unknown value.
 *
 * @param grants all known ARNs that `access` grants.
 * @param partition the partition for generated ARNs, which can be a Terraform expression.
 * @param unknown the fields that contain unknown ARNs.
 */
export function accessStatements(
  { guardDutyAgent = false }: TaskExecutionAccess,
  grants: Grants,
  partition: string,
  unknown: ReadonlySet<GrantField> = new Set(),
): AccessStatement[] {
  const isNeeded = ({ givenBy }: Permission) =>
    givenBy.some((field) => (field === "guardDutyAgent" ? guardDutyAgent : grants[field].length > 0));
  const statements = PERMISSIONS.filter((one) => isNeeded(one) && !dependsOn(one, unknown)).map((permission) => {
    const condition = conditionOf(permission, grants);
    return {
      sid: permission.sid,
      actions: [...permission.actions],
      resources: resourcesOf(permission, grants, partition),
      ...(condition && { condition: [condition] }),
    };
  });
  return statements.length > 0 || unknown.size > 0 ? statements : [NOTHING_NEEDED];
}

/** Whether a statement can contain what these fields contain. */
export function dependsOn(permission: Permission, fields: ReadonlySet<GrantField>): boolean {
  return fieldsOf(permission).some((field) => fields.has(field));
}

/** The lists that a statement is made of. */
export function fieldsOf({ givenBy, condition }: Permission): GrantField[] {
  const lists = givenBy.filter((field) => field !== "guardDutyAgent");
  return condition?.from ? [...lists, condition.from.field] : lists;
}

function conditionOf({ condition }: Permission, grants: Grants): AccessCondition | undefined {
  if (!condition) {
    return undefined;
  }
  const { test, variable, values = [], from } = condition;
  const given = from ? sortedSet(grants[from.field].flatMap((one) => mapped(from.mapping, one))) : [];
  const all = given.length > 0 ? given : [...values];
  return all.length > 0 ? { test, variable, values: all } : undefined;
}

function resourcesOf({ givenBy, resources }: Permission, grants: Grants, partition: string): string[] {
  if ("fixed" in resources) {
    return [resources.fixed(partition)];
  }
  const arns = givenBy.filter((field) => field !== "guardDutyAgent").flatMap((field) => grants[field]);
  return sortedSet(arns.flatMap((arn) => mapped(resources, arn)));
}

export function sortedSet(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

/** The resource ARNs for an input. */
export function mapped(mapping: ArnMapping, arn: string): string[] {
  return mapping.map((replacements) => replacements.reduce((text, [pattern, by]) => text.replace(pattern, by), arn));
}
