import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { type TerraformProvider, Token } from "cdktf";
import type { Construct } from "constructs";
import { ASSUME_ROLE_STATEMENT, TRUST_FIELD_NAMES, TRUST_FIELDS, type TrustFieldName } from "../aws/trust-fields";
import { inRole, listPrecondition, notEmptyPrecondition, type Precondition } from "../hcl/preconditions";
import type { TaskExecutionTrust } from "../inputs/trust";
import { sortedSet } from "../synth/statements";
import { asList, isUnknown } from "../unknown";
import { ASSUME_ROLE_POLICY_ID } from "./child-ids";
import { flatListOf } from "./references";

interface AssumeRoleDocument {
  readonly document: DataAwsIamPolicyDocument;
  /** Checks of the trust values that are unknown at synth. */
  readonly checks: readonly Precondition[];
}

/** The trust policy of a role. */
export function assumeRoleDocument(
  role: Construct,
  trust: TaskExecutionTrust = {},
  provider?: TerraformProvider,
): AssumeRoleDocument {
  const lists = new Map(
    TRUST_FIELD_NAMES.filter((field) => asList(trust[field]).some(isUnknown)).map((field): [TrustFieldName, string] => [
      field,
      flatListOf(role, `trust-${field}`, asList(trust[field])),
    ]),
  );
  const checks = [...lists].flatMap(([field, list]) => {
    const input = `trust.${field}`;
    return [listPrecondition(input, list, TRUST_FIELDS[field], TRUST_FIELDS[field]), notEmptyPrecondition(input, list)];
  });
  const document = new DataAwsIamPolicyDocument(role, ASSUME_ROLE_POLICY_ID, {
    statement: [assumeRoleStatement(trust, (field) => lists.get(field) ?? "")],
    provider,
  });
  return { document, checks: checks.map((one) => inRole(role.node.path, one)) };
}

/**
 * The trust policy's statement, in the form that `data.aws_iam_policy_document` takes.
 *
 * @param listOf a Terraform expression for the list of a field that contains unknown values.
 */
export function assumeRoleStatement(trust: TaskExecutionTrust, listOf: (field: TrustFieldName) => string) {
  const condition = TRUST_FIELD_NAMES.filter((field) => trust[field] !== undefined).map((field) => {
    const { test, variable } = TRUST_FIELDS[field];
    const given = asList(trust[field]);
    const values = given.some(isUnknown) ? Token.asList(`\${sort(distinct(${listOf(field)}))}`) : sortedSet(given);
    return { test, variable, values };
  });
  return { ...ASSUME_ROLE_STATEMENT, ...(condition.length > 0 && { condition }) };
}
