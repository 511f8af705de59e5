import { Token } from "cdktf";
import type { GrantField, Grants } from "../aws/arn-fields";
import { NOTHING_NEEDED, PERMISSIONS, type Permission } from "../aws/permissions";
import type { ArnMapping } from "../aws/resource-arns";
import { ASSUME_ROLE_STATEMENT, TRUST_FIELD_NAMES, TRUST_FIELDS, type TrustFieldName } from "../aws/trust-fields";
import type { TaskExecutionAccess } from "../inputs/access";
import type { TaskExecutionTrust } from "../inputs/trust";
import { asList, isUnknown } from "../unknown";

/** A statement as `data.aws_iam_policy_document` takes it. */
export interface AccessStatement {
  readonly sid: string;
  readonly actions: string[];
  readonly resources: string[];
  readonly condition?: { readonly test: string; readonly variable: string; readonly values: string[] }[];
}

export type LaterResources = (field: GrantField, mapping: ArnMapping) => string | undefined;

/**
 * The statements that give exactly this access; those that would give nothing are left out.
 *
 * @param grants all ARNs that it gives.
 * @param partition what stands for the partition in ARNs that we make.
 * @param later for a field that holds something not known yet, the list of its resources in Terraform's language.
 */
export function accessStatements(
  { guardDutyAgent }: TaskExecutionAccess,
  grants: Grants,
  partition: string,
  later: LaterResources = () => undefined,
): AccessStatement[] {
  const isGiven = (field: Permission["givenBy"][number]) =>
    field === "guardDutyAgent" ? guardDutyAgent === true : grants[field].length > 0;
  const statements = PERMISSIONS.filter(({ givenBy }) => givenBy.some(isGiven)).map((permission) => ({
    sid: permission.sid,
    actions: [...permission.actions],
    resources: resourcesOf(permission, grants, partition, later),
    ...(permission.condition && {
      condition: [{ ...permission.condition, values: [...permission.condition.values] }],
    }),
  }));
  return statements.length > 0 ? statements : [NOTHING_NEEDED];
}

function resourcesOf(
  { givenBy, resources }: Permission,
  grants: Grants,
  partition: string,
  later: LaterResources,
): string[] {
  if ("fixed" in resources) {
    return [resources.fixed(partition)];
  }
  const fields = givenBy.filter((field): field is GrantField => field in grants);
  const known = fields.filter((field) => later(field, resources) === undefined);
  const literals = [
    ...new Set(known.flatMap((field) => grants[field]).flatMap((arn) => mapped(resources, arn))),
  ].sort();
  const unknown = fields.flatMap((field) => later(field, resources) ?? []);
  // Duplicates are harmless: the policy document treats resources as a set.
  return unknown.length === 0
    ? literals
    : Token.asList(`\${flatten([${[JSON.stringify(literals), ...unknown].join(", ")}])}`);
}

/** The resource ARNs that an input becomes. */
export function mapped(mapping: ArnMapping, arn: string): string[] {
  return mapping.map((replacements) => replacements.reduce((text, [pattern, by]) => text.replace(pattern, by), arn));
}

/**
 * The trust statement, as `data.aws_iam_policy_document` takes it.
 *
 * @param listOf where Terraform finds the list of a field that holds something not known yet.
 */
export function assumeRoleStatement(trust: TaskExecutionTrust, listOf: (field: TrustFieldName) => string) {
  const condition = TRUST_FIELD_NAMES.filter((field) => trust[field] !== undefined).map((field) => {
    const { test, variable } = TRUST_FIELDS[field];
    const given = asList(trust[field]);
    const values = given.some(isUnknown)
      ? Token.asList(`\${sort(distinct(${listOf(field)}))}`)
      : [...new Set(given)].sort();
    return { test, variable, values };
  });
  return { ...ASSUME_ROLE_STATEMENT, ...(condition.length > 0 && { condition }) };
}
