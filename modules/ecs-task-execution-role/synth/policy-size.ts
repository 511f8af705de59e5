import type { TaskExecutionAccess } from "../inputs/access";
import { type Grants, LIST_FIELD_NAMES } from "../permissions/access-fields";
import { POLICY_CHARACTERS_AT_MOST } from "../permissions/limits";
import { asList, isUnknown } from "../unknown";
import { accessStatements } from "./access-statements";
import type { Containers } from "./read-containers";

/** A location of average length, for the estimate at synth. Terraform checks the actual length. */
export const SOMEWHERE = { partition: "aws", region: "eu-west-1", account: "111122223333" };

/**
 * The length of the policy document that Terraform generates for these grants, as IAM counts it: without white space.
 * All ARNs must be known.
 *
 * @param grants everything that `access` grants in `SOMEWHERE`.
 */
export function policyDocumentSize(grants: Grants): number {
  const statements = accessStatements(grants).map(({ sid, actions, resources, condition }) => ({
    Sid: sid,
    Effect: "Allow",
    Action: alone(actions),
    Resource: alone(resources),
    ...(condition && {
      Condition: Object.fromEntries(
        condition.map(({ test, variable, values }) => [test, { [variable]: alone(values) }]),
      ),
    }),
  }));
  return (
    JSON.stringify({ Version: "2012-10-17", Statement: alone(statements) })
      .replace(/\s/g, "")
      // Terraform escapes these three characters, for example as \u0026.
      .replace(/[&<>]/g, "\\u0000").length
  );
}

/** The policy document writes a list with one element as that element, except for the list of statements. */
function alone<T>(values: readonly T[]): T | readonly T[] {
  return values.length === 1 && typeof values[0] === "string" ? values[0] : values;
}

/** Upper bounds: the characters of a policy without its resources, and the resources that an ARN becomes. */
const EVERY_STATEMENT = 4000;
const RESOURCES_OF_ONE = 3;

/** Upper bound on the characters that an ARN has in addition to a name in container definitions. */
const ARN_OF_A_NAME = 100;

/** A quick estimate of whether the known part of the policy can exceed IAM's quota. Most are far below it. */
export function canBeTooLong(access: TaskExecutionAccess, { values }: Containers): boolean {
  const lists = LIST_FIELD_NAMES.flatMap((field) => asList(access[field])).map((text) => String(text).length);
  const known = values.filter(({ value }) => !isUnknown(value));
  const found = known.map(({ value }) => String(value).length + ARN_OF_A_NAME);
  const characters = [...lists, ...found].reduce((sum, length) => sum + length, 0);
  return EVERY_STATEMENT + RESOURCES_OF_ONE * characters > POLICY_CHARACTERS_AT_MOST;
}
