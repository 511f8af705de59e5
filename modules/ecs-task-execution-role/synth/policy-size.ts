import { type Grants, LIST_FIELD_NAMES } from "../aws/access-fields";
import { POLICY_CHARACTERS_AT_MOST } from "../aws/limits";
import type { TaskExecutionAccess } from "../inputs/access";
import { asList } from "../unknown";
import type { Containers } from "./containers";
import { accessStatements } from "./statements";

/** Where the task runs, in texts of average length; what comes out longer, Terraform finds. */
export const SOMEWHERE = { partition: "aws", region: "eu-west-1", account: "111122223333" };

/**
 * The characters without white space of the policy document that Terraform makes of an access whose
 * ARNs are all known, as IAM counts them.
 *
 * @param grants all that it grants in `SOMEWHERE`.
 */
export function policyDocumentSize(access: TaskExecutionAccess, grants: Grants): number {
  const statements = accessStatements(access, grants, grants, SOMEWHERE.partition).map(
    ({ sid, actions, resources, condition }) => ({
      Sid: sid,
      Effect: "Allow",
      Action: alone(actions),
      Resource: alone(resources),
      ...(condition && {
        Condition: Object.fromEntries(
          condition.map(({ test, variable, values }) => [test, { [variable]: alone(values) }]),
        ),
      }),
    }),
  );
  return (
    JSON.stringify({ Version: "2012-10-17", Statement: alone(statements) })
      .replace(/\s/g, "")
      // Terraform writes these three as \u0026 and so on.
      .replace(/[&<>]/g, "\\u0000").length
  );
}

/** The policy document writes a list of one as that one, but for the list of statements. */
function alone<T>(values: readonly T[]): T | readonly T[] {
  return values.length === 1 && typeof values[0] === "string" ? values[0] : values;
}

/** What a policy has at most besides its resources, and what an ARN becomes at most. */
const EVERY_STATEMENT = 4000;
const RESOURCES_OF_ONE = 3;

/** A name in container definitions becomes an ARN, which has at most so many characters more. */
const ARN_OF_A_NAME = 100;

/** Whether the policy can be too long for IAM at all, as far as it is known. Most are far from that. */
export function canBeTooLong(access: TaskExecutionAccess, { values }: Containers): boolean {
  const lists = LIST_FIELD_NAMES.flatMap((field) => asList(access[field])).map((text) => String(text).length);
  const found = values.map(({ value }) => String(value).length + ARN_OF_A_NAME);
  const characters = [...lists, ...found].reduce((sum, length) => sum + length, 0);
  return EVERY_STATEMENT + RESOURCES_OF_ONE * characters > POLICY_CHARACTERS_AT_MOST;
}
