import { LIST_FIELDS, SWITCHES } from "../../modules/ecs-task-execution-role/permissions/access-fields";
import { DERIVED_FIELDS } from "../../modules/ecs-task-execution-role/permissions/container-grants";
import { snakeCase } from "../../modules/ecs-task-execution-role/permissions/facts";
import { type AccessStatement, accessStatements } from "../../modules/ecs-task-execution-role/synth/access-statements";
import { grantsOf } from "../../modules/ecs-task-execution-role/synth/grants";
import { WIDTH } from "./labeled";
import type { Cause, FieldName } from "./model/known-reason";
import type { Reason } from "./model/stopped-reason";

/** The field with the resource, in both languages, and the statements for a role that this module did not create. */
export function toPaste({ field }: Cause, reason: Reason): string[] {
  const arn = field && arnFor(field, reason);
  if (!field || arn === undefined) {
    return [];
  }
  const set = isOneOf(SWITCHES, field) ? "true" : `["${arn}"]`;
  return [
    ...inWidth(`  Terraform:  access = { ${snakeCase(field)} = ${set} }`),
    ...inWidth(`  TypeScript: access: { ${field}: ${set} }`),
    isOneOf(DERIVED_FIELDS, field)
      ? "  If access contains the container definitions, correct them instead."
      : "  Container definitions do not show it: add the field next to them.",
    "  A role that this module did not create needs this in a policy:",
    statementsFor(field, arn).map(inLines).join(",\n"),
  ];
}

/** The ARN that the reason names, in the format of the field. GuardDuty's agent needs none: its repository is known. */
function arnFor(field: FieldName, { values, denied }: Reason): string | undefined {
  if (field === "guardDutyAgent") {
    return "";
  }
  const { pattern } = LIST_FIELDS[field === "createLogGroups" ? "logGroups" : field];
  const arn = [...Object.values(values), denied?.resource].find((one) => one !== undefined && pattern.test(one));
  return field === "secrets" && arn !== undefined ? withSuffix(arn) : arn;
}

const isOneOf = (fields: readonly string[], field: string) => fields.includes(field);

/** A lower-case word of six letters is a part of the name: Secrets Manager appends random characters. */
const SUFFIX = /-(?![a-z]{6}$)[A-Za-z0-9]{6}$/;

/** The ARN without the suffix that Secrets Manager appends matches no secret in a statement. */
const withSuffix = (arn: string) => (SUFFIX.test(arn) || arn.endsWith("-??????") ? arn : `${arn}-??????`);

/** What the module writes for a field. */
function statementsFor(field: FieldName, arn: string): AccessStatement[] {
  const [, partition = "aws", , region = "", account = ""] = arn.split(":");
  const grants = grantsOf({ [field]: [arn] }, { partition, region, account });
  return accessStatements(field === "createLogGroups" ? { ...grants, createLogGroups: [arn] } : grants);
}

/** A long ARN has a line of its own. */
const inWidth = (line: string) => (line.length <= WIDTH ? [line] : line.replace("[", "[\n    ").split("\n"));

/** One line for each element. */
function inLines({ actions, resources, condition = [] }: AccessStatement): string {
  const [only] = condition;
  const lines = [
    '"Effect": "Allow"',
    `"Action": ${spaced(actions)}`,
    `"Resource": ${spaced(resources)}`,
    ...(only ? [`"Condition": {"${only.test}":{"${only.variable}":${spaced(only.values)}}}`] : []),
  ];
  return `    { ${lines.join(",\n      ")} }`;
}

/** The module writes IAM policy variables as Terraform does, `&{...}`. */
const spaced = (values: readonly string[]) =>
  JSON.stringify(values.length === 1 ? values[0] : values)
    .replaceAll('","', '", "')
    .replaceAll("&{", "${");
