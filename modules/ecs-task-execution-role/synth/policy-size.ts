import type { TaskExecutionAccess } from "../inputs/access";
import type { Containers } from "./containers";
import { grantsOf } from "./grants";
import { accessStatements } from "./statements";

/** Of average length; what comes out longer, Terraform finds. */
const SOMEWHERE = { partition: "aws", region: "eu-west-1", account: "111122223333" };

/**
 * The characters without white space of the policy document that Terraform makes of an access whose
 * ARNs are all known, as IAM counts them.
 */
export function policyDocumentSize(access: TaskExecutionAccess, containers?: Containers): number {
  const grants = grantsOf(access, SOMEWHERE, containers);
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
