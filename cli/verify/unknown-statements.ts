import type { ContainerDefinitions } from "../../modules/ecs-task-execution-role/inputs/access";
import { type GrantField, LIST_FIELD_NAMES } from "../../modules/ecs-task-execution-role/permissions/access-fields";
import { DERIVATIONS, type Derivation } from "../../modules/ecs-task-execution-role/permissions/container-grants";
import { snakeCase } from "../../modules/ecs-task-execution-role/permissions/facts";
import {
  NOTHING_NEEDED,
  PERMISSIONS,
  type Permission,
} from "../../modules/ecs-task-execution-role/permissions/permissions";
import { type ArnMapping, anyResource } from "../../modules/ecs-task-execution-role/permissions/resource-arns";
import { mapped, sortedSet } from "../../modules/ecs-task-execution-role/synth/access-statements";
import { grantsOf } from "../../modules/ecs-task-execution-role/synth/grants";
import {
  applies,
  type Containers,
  isInside,
  readContainers,
} from "../../modules/ecs-task-execution-role/synth/read-containers";
import { isUnknown, mark } from "../../modules/ecs-task-execution-role/unknown";
import type { ExpectedCondition, ExpectedStatement, ExpectedValues } from "./policies/expected-statement";
import { isTemplate, onlyExpression, UNKNOWN } from "./policies/template";
import { ACCOUNT, PARTITION } from "./role-expectation";
import type { ModuleBlock } from "./stack-json";

/** Where the role is, as templates. */
const LOCATION = { partition: PARTITION, region: "${region}", account: ACCOUNT };

/** The statements that `modules/access` writes for a role. */
export function statementsOfModule({ access, role: { known = [] } }: ModuleBlock): ExpectedStatement[] {
  const containers = readContainers(mark(access.container_definitions as ContainerDefinitions));
  const valuesOf = valuesByField(access, containers);
  const statements = PERMISSIONS.filter(({ sid }) => !known.includes(sid)).flatMap((permission) =>
    statementOf(permission, valuesOf),
  );
  const { sid, actions, resources } = NOTHING_NEEDED;
  const nothing = { sid, actions, resources: { known: resources, unknown: [] }, conditions: [], isOptional: true };
  return known.length === 0 ? [...statements, nothing] : statements;
}

interface FieldValues extends ExpectedValues {
  /** Whether an ARN is listed in the field, so that its statements exist. */
  readonly isListed: boolean;
}

type ValuesOf = (field: GrantField) => FieldValues;

function valuesByField(access: ModuleBlock["access"], containers: Containers): ValuesOf {
  const listed = Object.fromEntries(
    LIST_FIELD_NAMES.map((field) => [field, [access[snakeCase(field)] ?? []].flat() as string[]]),
  );
  const known = grantsOf(
    {
      ...Object.fromEntries(
        Object.entries(listed).map(([field, arns]) => [field, arns.filter((arn) => !isTemplate(arn))]),
      ),
      guardDutyAgent: access.guard_duty_agent === true,
      createLogGroups: access.create_log_groups === true,
    },
    LOCATION,
    containers,
  );
  const listedUnknown = (field: GrantField) => (listed[field] ?? []).filter(isTemplate);
  const unknownIn = (field: GrantField): string[] => [
    ...listedUnknown(field),
    ...DERIVATIONS.filter(({ grants }) => grants === field).flatMap((one) => unknownOf(one, containers)),
  ];
  const all: Partial<Record<GrantField, () => string[]>> = {
    createLogGroups: () => [
      ...unknownIn("createLogGroups"),
      ...(access.create_log_groups === true ? unknownIn("logGroups") : []),
    ],
    // A parameter that Terraform creates is no reference to a secret: AWS creates those.
    referencedSecrets: () =>
      unknownIn("parameters")
        .filter((one) => !/^\$\{aws_ssm_parameter\./.test(one))
        .map(() => UNKNOWN),
  };
  return (field) => ({
    known: known[field],
    unknown: [...new Set(all[field]?.() ?? unknownIn(field))],
    isListed: known[field].length > 0 || listedUnknown(field).length > 0,
  });
}

function unknownOf(derivation: Derivation, { values }: Containers): string[] {
  return values
    .filter((one) => applies(derivation, one) === undefined)
    .map((one) => (isUnknown(one.value) && !isInside(one) ? asArn(String(one.value.value)) : UNKNOWN));
}

/** A name in container definitions is not the beginning of an ARN. */
function asArn(template: string): string {
  return template.startsWith("arn:") ? template : onlyExpression(template);
}

function statementOf(
  { sid, actions, grantedBy, resources, condition }: Permission,
  valuesOf: ValuesOf,
): ExpectedStatement[] {
  const fields = grantedBy.map(valuesOf);
  const known = fields.flatMap((one) => one.known);
  const unknown = fields.flatMap((one) => one.unknown);
  const isCertain = fields.some(({ isListed }) => isListed);
  if (!isCertain && unknown.length === 0) {
    return [];
  }
  const conditions = condition ? conditionOf(condition, valuesOf) : [];
  return [
    {
      sid,
      actions,
      resources: resources === anyResource ? { known: ["*"], unknown: [] } : { known: all(resources, known), unknown },
      conditions,
      isOptional: !isCertain,
    },
  ];
}

function conditionOf(
  { test, variable, values = [], from }: NonNullable<Permission["condition"]>,
  valuesOf: ValuesOf,
): ExpectedCondition[] {
  const given: ExpectedValues = from ? valuesOf(from.field) : { known: [], unknown: [] };
  const known = from ? all(from.mapping, given.known) : [];
  const expected =
    known.length + given.unknown.length > 0 ? { known, unknown: given.unknown } : { known: values, unknown: [] };
  return expected.known.length + expected.unknown.length > 0 ? [{ test, variable, values: expected }] : [];
}

const all = (mapping: ArnMapping, arns: readonly string[]) => sortedSet(arns.flatMap((arn) => mapped(mapping, arn)));
