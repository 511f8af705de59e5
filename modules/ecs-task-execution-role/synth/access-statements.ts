import type { GrantField, Grants } from "../permissions/access-fields";
import { NOTHING_NEEDED, PERMISSIONS, type Permission } from "../permissions/permissions";
import type { ArnMapping } from "../permissions/resource-arns";

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
 * The statements that grant exactly this. Statements that would grant nothing are omitted, and so are those
 * that only Terraform can write, because they depend on an unknown value.
 *
 * @param grants all known ARNs that `access` grants.
 * @param unknown the fields that contain unknown ARNs.
 */
export function accessStatements(grants: Grants, unknown: ReadonlySet<GrantField> = new Set()): AccessStatement[] {
  const isNeeded = ({ grantedBy }: Permission) => grantedBy.some((field) => grants[field].length > 0);
  const statements = PERMISSIONS.filter((one) => isNeeded(one) && !dependsOn(one, unknown)).map((permission) => {
    const condition = conditionOf(permission, grants);
    return {
      sid: permission.sid,
      actions: [...permission.actions],
      resources: resourcesOf(permission, grants),
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
export function fieldsOf({ grantedBy, condition }: Permission): GrantField[] {
  return condition?.from ? [...grantedBy, condition.from.field] : [...grantedBy];
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

function resourcesOf({ grantedBy, resources }: Permission, grants: Grants): string[] {
  return sortedSet(grantedBy.flatMap((field) => grants[field]).flatMap((arn) => mapped(resources, arn)));
}

export function sortedSet(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

/** The resource ARNs for an input. */
export function mapped(mapping: ArnMapping, arn: string): string[] {
  return mapping.map((replacements) => replacements.reduce((text, [pattern, by]) => text.replace(pattern, by), arn));
}
