import { Token } from "cdktf";
import { ARN_FIELD_NAMES, ARN_FIELDS, type ArnFieldName, type TaskExecutionAccess } from "./access";
import { PERMISSIONS, type Permission } from "./permissions";
import { isUnknown } from "./unknown";

/** A statement as `data.aws_iam_policy_document` takes it. */
export interface AccessStatement {
  readonly sid: string;
  readonly actions: string[];
  readonly resources: string[];
  readonly condition?: { readonly test: string; readonly variable: string; readonly values: string[] }[];
}

/**
 * The statements that give exactly this access; those that would give nothing are left out.
 *
 * @param partition what stands for the partition in ARNs that we make.
 * @param listOf where Terraform finds the list of a field that holds something not known yet.
 */
export function accessStatements(
  access: TaskExecutionAccess,
  partition: string,
  listOf: (field: ArnFieldName) => string,
): AccessStatement[] {
  return PERMISSIONS.filter(
    ({ givenBy, onlyWith }) =>
      givenBy.some((field) => isGiven(access[field])) && (onlyWith === undefined || isGiven(access[onlyWith])),
  ).map((permission) => ({
    sid: permission.sid,
    actions: [...permission.actions],
    resources: resourcesOf(permission, access, partition, listOf),
    ...(permission.condition && {
      condition: [{ ...permission.condition, values: [...permission.condition.values] }],
    }),
  }));
}

/** The fields that hold something not known yet. */
export function unknownFields(access: TaskExecutionAccess): ArnFieldName[] {
  return ARN_FIELD_NAMES.filter((field) => access[field]?.some(isUnknown));
}

function resourcesOf(
  { givenBy, resources }: Permission,
  access: TaskExecutionAccess,
  partition: string,
  listOf: (field: ArnFieldName) => string,
): string[] {
  if ("fixed" in resources) {
    return [resources.fixed(partition)];
  }
  const fields = givenBy.filter((field): field is ArnFieldName => field in ARN_FIELDS);
  const unknown = unknownFields(access).filter((field) => fields.includes(field));
  const known = fields.filter((field) => !unknown.includes(field));
  const literals = [...new Set(known.flatMap((field) => access[field] ?? []).flatMap(resources.literal))].sort();
  if (unknown.length === 0) {
    return literals;
  }
  // Doubles need no care here: to the policy document, resources are a set.
  const lists = unknown.map((field) => `[for arn in ${listOf(field)} : ${resources.terraform("arn")}]`);
  return Token.asList(`\${flatten([${[JSON.stringify(literals), ...lists].join(", ")}])}`);
}

function isGiven(value: readonly string[] | boolean | undefined): boolean {
  return typeof value === "object" ? value.length > 0 : value === true;
}
