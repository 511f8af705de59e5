import { readFileSync } from "node:fs";
import { join } from "node:path";
import { explanationOf } from "../../cli/explain/explanation";
import { KNOWN_REASONS } from "../../cli/explain/known-reasons";
import { causesOf } from "../../cli/explain/model/known-reason";
import { LIST_FIELD_NAMES } from "../../modules/ecs-task-execution-role/permissions/access-fields";
import { ACCESS_FACTS, snakeCase } from "../../modules/ecs-task-execution-role/permissions/facts";
import { PERMISSIONS } from "../../modules/ecs-task-execution-role/permissions/permissions";
import { fieldsOf } from "../../modules/ecs-task-execution-role/synth/access-statements";
import { FIELDS } from "../../scripts/docs/modes";
import { PROJECT_ROOT } from "../../scripts/tools/project";
import { FIELD_CALLS, MORE_CALLS } from "./calls";

const MODULE = "modules/ecs-task-execution-role";

/** A file in which every list of `access` must be. */
interface Place {
  readonly file: string;
  readonly has: (field: string) => boolean;
  /** What to add to the file. */
  readonly what: (field: string) => string;
}

/** In the order of "A new list in access" in docs/architecture.md. */
const PLACES: readonly Place[] = [
  {
    file: `${MODULE}/terraform/modules/access/messages/access.json`,
    has: (field) => Object.values(ACCESS_FACTS.groups).flat().includes(snakeCase(field)),
    what: () => "it in any of its groups",
  },
  {
    file: `${MODULE}/inputs/access.ts`,
    has: (field) => textOf(`${MODULE}/inputs/access.ts`).includes(` readonly ${field}?:`),
    what: (field) => `a property ${field}`,
  },
  {
    file: `${MODULE}/permissions/permissions.ts`,
    has: (field) => statementsOf(field).length > 0,
    what: (field) => `a statement with grantedBy: ["${field}"]`,
  },
  {
    file: `${MODULE}/terraform/modules/access/main.tf`,
    has: (field) => {
      const text = textOf(`${MODULE}/terraform/modules/access/main.tf`);
      return statementsOf(field).every(({ sid }) => text.includes(`sid = "${sid}"`));
    },
    what: (field) => `each of the statements ${statementsOf(field).map(({ sid }) => sid)}`,
  },
  {
    file: `${MODULE}/terraform/variables.tf`,
    has: (field) => new RegExp(` Its fields:.* ${snakeCase(field)},`).test(textOf(`${MODULE}/terraform/variables.tf`)),
    what: () => "it in the description of access",
  },
  {
    file: "scripts/docs/modes.ts",
    has: (field) => field in FIELDS || isRestricting(field),
    what: (field) => `a row ${field}`,
  },
  {
    file: "__tests__/fixtures/calls.json",
    has: (field) => field in CALLS,
    what: (field) => `the calls of ${field}`,
  },
  {
    file: "cli/explain/causes",
    has: (field) =>
      isRestricting(field) || KNOWN_REASONS.some((row) => causesOf(row).some((cause) => cause.field === field)),
    what: (field) => `a cause with field: "${field}"`,
  },
  {
    file: "cli/explain/causes",
    has: (field) => statementsOf(field).every(({ actions }) => actions.every(isExplained)),
    what: (field) => `a cause for each of ${statementsOf(field).flatMap(({ actions }) => actions)}`,
  },
];

const CALLS = { ...FIELD_CALLS, ...MORE_CALLS };

const isRestricting = (field: string) => ACCESS_FACTS.restricting.includes(snakeCase(field));

const textOf = (file: string) => readFileSync(join(PROJECT_ROOT, file), "utf8");

const statementsOf = (field: string) => PERMISSIONS.filter((one) => (fieldsOf(one) as string[]).includes(field));

/** Amazon S3 names s3:ListBucket and s3:GetObjectVersion in no denial of ECS. */
function isExplained(action: string): boolean {
  const explanation = explanationOf(`not authorized to perform: ${action} on resource: x`) ?? "";
  return /^s3:(ListB|GetObjectV)/.test(action) || Object.keys(CALLS).some((field) => explanation.includes(field));
}

/** The first thing to add for a list of `access` that is not complete. */
export function nextToAdd(): string | undefined {
  return PLACES.flatMap(({ file, has, what }) =>
    LIST_FIELD_NAMES.filter((field) => !has(field)).map(
      (field) => `access.json lists ${snakeCase(field)}, but ${file} does not have ${what(field)}: add it there`,
    ),
  )[0];
}
