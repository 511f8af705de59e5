import fc from "fast-check";
import {
  LIST_FIELD_NAMES,
  LIST_FIELDS,
  type ListFieldName,
} from "../../modules/ecs-task-execution-role/aws/access-fields";
import { PERMISSIONS } from "../../modules/ecs-task-execution-role/aws/permissions";
import type { ArnMapping } from "../../modules/ecs-task-execution-role/aws/resource-arns";
import { quoted } from "../../modules/ecs-task-execution-role/hcl/language";
import { mappedInTerraform } from "../../modules/ecs-task-execution-role/hcl/statements";
import { mapped } from "../../modules/ecs-task-execution-role/synth/statements";
import { arbitraryArn } from "../support/arbitrary-access";
import { evaluateInConsole } from "../support/console";
import { endToEnd } from "../support/end-to-end";

const EACH = 80;

const MAPPINGS: [sid: string, field: ListFieldName, mapping: ArnMapping][] = PERMISSIONS.flatMap(
  ({ sid, givenBy, resources }) =>
    "fixed" in resources
      ? []
      : givenBy
          .map((field) =>
            field === "logGroupsToCreate" ? "logGroups" : field === "referencedSecrets" ? "parameters" : field,
          )
          .filter((field) => field !== "guardDutyAgent")
          .map((field): [string, ListFieldName, ArnMapping] => [sid, field, resources]),
);

endToEnd("Terraform functions", (parts) => {
  const evaluate = (arns: readonly string[], expression: string) => evaluateInConsole(parts, arns, expression);
  const sample = (field: ListFieldName) => fc.sample(arbitraryArn(field), { seed: 11, numRuns: EACH });

  test.each(MAPPINGS)("map to the same resources as the construct: %s of %s", (_, field, mapping) => {
    const arns = sample(field);
    expect(evaluate(arns, `[for arn in local.input : ${mappedInTerraform(mapping, "arn")}]`)).toEqual(
      arns.map((arn) => mapped(mapping, arn)),
    );
  });

  test.each(LIST_FIELD_NAMES)("match the pattern of %s like the construct", (field) => {
    const { pattern } = LIST_FIELDS[field];
    const good = sample(field);
    const arns = [
      ...good,
      ...good.map((arn) => arn.replace(/^arn:/, "")),
      ...good.map((arn) => arn.replace(/:[0-9]{12}:/, "::")),
      ...good.map((arn) => `${arn}\n`),
      ...good.map((arn) => arn.slice(0, -1)),
      "*",
      "",
    ];
    expect(evaluate(arns, `[for arn in local.input : can(regex(${quoted(pattern)}, arn))]`)).toEqual(
      arns.map((arn) => pattern.test(arn)),
    );
  });
});
