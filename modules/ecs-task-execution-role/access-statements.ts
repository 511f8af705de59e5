import { Token } from "cdktf";
import type { TaskExecutionAccess } from "./access";
import type { TaskPlace } from "./derived-access";
import { type GrantField, type Grants, grantsOf, unknownFields } from "./grants";
import { NOTHING_NEEDED, PERMISSIONS, type Permission } from "./permissions";

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
 * @param place what stands for the partition, Region and account in ARNs that we make.
 * @param listOf where Terraform finds the list of a field that holds something not known yet.
 */
export function accessStatements(
  access: TaskExecutionAccess,
  place: TaskPlace,
  listOf: (field: GrantField) => string,
): AccessStatement[] {
  const grants = grantsOf(access, place);
  const unknown = unknownFields(grants, place);
  const isGiven = (field: Permission["givenBy"][number]) =>
    field === "guardDutyAgent" ? access.guardDutyAgent === true : grants[field].length > 0;
  const statements = PERMISSIONS.filter(({ givenBy }) => givenBy.some(isGiven)).map((permission) => ({
    sid: permission.sid,
    actions: [...permission.actions],
    resources: resourcesOf(permission, grants, unknown, place, listOf),
    ...(permission.condition && {
      condition: [{ ...permission.condition, values: [...permission.condition.values] }],
    }),
  }));
  return statements.length > 0 ? statements : [NOTHING_NEEDED];
}

function resourcesOf(
  { givenBy, resources }: Permission,
  grants: Grants,
  unknown: readonly GrantField[],
  place: TaskPlace,
  listOf: (field: GrantField) => string,
): string[] {
  if ("fixed" in resources) {
    return [resources.fixed(place.partition)];
  }
  const fields = givenBy.filter((field): field is GrantField => field in grants);
  const known = fields.filter((field) => !unknown.includes(field));
  const literals = [...new Set(known.flatMap((field) => grants[field]).flatMap(resources.literal))].sort();
  const lists = fields
    .filter((field) => unknown.includes(field))
    .map((field) => `[for arn in ${listOf(field)} : ${resources.terraform("arn")}]`);
  // Doubles need no care here: to the policy document, resources are a set.
  return lists.length === 0
    ? literals
    : Token.asList(`\${flatten([${[JSON.stringify(literals), ...lists].join(", ")}])}`);
}
