import fc from "fast-check";
import type { TaskExecutionAccess } from "../../modules/ecs-task-execution-role";
import {
  LIST_FIELD_NAMES,
  LIST_FIELDS,
  type ListFieldName,
} from "../../modules/ecs-task-execution-role/permissions/access-fields";
import { exampleOf } from "./examples";

/** Realistic values of a field, and any other text that its pattern accepts. */
export function arbitraryArn(field: ListFieldName): fc.Arbitrary<string> {
  const region = fc.constantFrom("us-east-1", "eu-west-1", "*");
  const name = fc.constantFrom("db", "orders/db", "db-2", "db-master", "orders_api.v2", "team/*", "rds!cluster-1a");
  const lookAlike = fc
    .tuple(region, name)
    .chain(([r, n]) => fc.constantFrom(...(LIKELY[field]?.(r, n) ?? [exampleOf(field, r, n)])));
  return fc
    .oneof(lookAlike, fc.stringMatching(LIST_FIELDS[field].pattern, { maxLength: 120 }))
    .map((arn) => arn.replace(/^arn:aws(-[a-z]+)*:/, "arn:aws:"))
    .filter((arn) => !/[$%]\{/.test(arn) && LIST_FIELDS[field].pattern.test(arn));
}

/** Values of lists that can be written in several forms. */
const LIKELY: Partial<Record<ListFieldName, (region: string, name: string) => string[]>> = {
  pullThroughCacheRepositories: (region, name) => [`arn:aws:ecr:${region}:111122223333:repository/${name}/*`],
  logGroups: (region, name) => {
    const arn = `arn:aws:logs:${region}:111122223333:log-group:/ecs/${name}`;
    return [arn, `${arn}:*`];
  },
  secrets: (region, name) => {
    const arn = `arn:aws:secretsmanager:${region}:111122223333:secret:${name}`;
    return ["", "-AbCdEf", "-??????", "-*", ":key::", "-AbCdEf:key:AWSCURRENT:", "-AbCdEf:::1234-56"].map(
      (end) => arn + end,
    );
  },
  parameters: (region, name) => [
    `arn:aws:ssm:${region}:111122223333:parameter/${name}`,
    `arn:aws:ssm:${region}:111122223333:parameter//${name}`,
    `arn:aws:ssm:${region}:111122223333:parameter/aws/reference/secretsmanager/${name}`,
    `arn:aws:ssm:${region}::parameter/aws/service/${name}`,
  ],
};

const GRANTING = LIST_FIELD_NAMES.filter((field) => !["vpcEndpoints", "bucketOwners"].includes(field));

/** Any access that grants something, with duplicates. */
export const arbitraryAccess: fc.Arbitrary<TaskExecutionAccess> = fc
  .record(
    {
      ...(Object.fromEntries(
        LIST_FIELD_NAMES.map((field) => [field, fc.array(arbitraryArn(field), { maxLength: 4 })]),
      ) as Record<ListFieldName, fc.Arbitrary<string[]>>),
      guardDutyAgent: fc.boolean(),
      createLogGroups: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  .map((access) => ({ ...access, createLogGroups: access.createLogGroups && !!access.logGroups?.length }))
  .filter((access) => access.guardDutyAgent === true || GRANTING.some((field) => access[field]?.length));

/** Values that belong in none or few of the lists. */
export const BAD = [
  "",
  "*",
  "bad",
  "arn:aws:s3:::bucket",
  "arn:aws:ecr:us-east-1:1:repository/a",
  "arn:aws:kms:us-east-1:111122223333:alias/a",
];
