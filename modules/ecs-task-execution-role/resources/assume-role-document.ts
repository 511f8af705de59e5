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
  const statement = [assumeRoleStatement(trust, (field) => trustList(role, trust, field))];
  return new DataAwsIamPolicyDocument(role, ASSUME_ROLE_POLICY_ID, { statement, provider });
}

/** The values of a field, of which some are unknown or whole lists, as a Terraform expression. */
export function trustList(role: Construct, trust: TaskExecutionTrust, field: TrustFieldName): string {
  return `flatten(${localOf(role, `trust-${field}`, asList(trust[field]).map(inTerraform))})`;
}

/**
 * The trust policy's statement, in the form that `data.aws_iam_policy_document` takes.
 *
 * @param listOf the values of a field that contains unknown ones, from a Terraform local. Terraform would not read the
 * document before the apply if it referred to a resource with a planned change, even if the value is known.
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
