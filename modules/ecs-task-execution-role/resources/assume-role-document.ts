import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { type TerraformProvider, Token } from "cdktf";
import type { Construct } from "constructs";
import type { TaskExecutionTrust } from "../inputs/trust";
import {
  ASSUME_ROLE_STATEMENT,
  TRUST_FIELD_NAMES,
  TRUST_FIELDS,
  type TrustFieldName,
} from "../permissions/trust-fields";
import { sortedSet } from "../synth/access-statements";
import { asList, isUnknown } from "../unknown";
import { ASSUME_ROLE_POLICY_ID } from "./child-ids";
import { localOf } from "./references";
import { inTerraform } from "./tokens";

/** The trust policy of a role. */
export function assumeRoleDocument(
  role: Construct,
  trust: TaskExecutionTrust = {},
  provider?: TerraformProvider,
): DataAwsIamPolicyDocument {
  const listOf = (field: TrustFieldName) => localOf(role, `trust-${field}`, asList(trust[field]).map(inTerraform));
  const statement = [assumeRoleStatement(trust, listOf)];
  return new DataAwsIamPolicyDocument(role, ASSUME_ROLE_POLICY_ID, { statement, provider });
}

/**
 * The trust policy's statement, in the form that `data.aws_iam_policy_document` takes.
 *
 * @param listOf the Terraform local with the values of a field that contains unknown ones. Terraform would not read the
 * document before the apply if it referred to a resource with a planned change, even if the value is known.
 */
export function assumeRoleStatement(trust: TaskExecutionTrust, listOf: (field: TrustFieldName) => string) {
  const condition = TRUST_FIELD_NAMES.filter((field) => trust[field] !== undefined).map((field) => {
    const { test, variable } = TRUST_FIELDS[field];
    const given = asList(trust[field]);
    const values = given.some(isUnknown)
      ? Token.asList(`\${sort(distinct(flatten(${listOf(field)})))}`)
      : sortedSet(given);
    return { test, variable, values };
  });
  return { ...ASSUME_ROLE_STATEMENT, ...(condition.length > 0 && { condition }) };
}
