import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { TRUST_FIELD_NAMES, TRUST_FIELDS, type TrustFieldName } from "../aws/trust-fields";
import { inRole, listPrecondition, notEmptyPrecondition, type Precondition } from "../hcl/preconditions";
import type { TaskExecutionTrust } from "../inputs/trust";
import { assumeRoleStatement } from "../synth/statements";
import { asList, isUnknown } from "../unknown";
import { ASSUME_ROLE_POLICY_ID } from "./child-ids";
import { flatListOf } from "./references";

interface AssumeRoleDocument {
  readonly document: DataAwsIamPolicyDocument;
  /** What of the trust Terraform checks, because it is not known at synth. */
  readonly checks: readonly Precondition[];
}

/** The assume-role policy of a role. */
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
    const { pattern, ...wording } = TRUST_FIELDS[field];
    const input = `trust.${field}`;
    return [listPrecondition(input, list, pattern, wording), notEmptyPrecondition(input, list)];
  });
  const document = new DataAwsIamPolicyDocument(role, ASSUME_ROLE_POLICY_ID, {
    statement: [assumeRoleStatement(trust, (field) => lists.get(field) ?? "")],
    provider,
  });
  return { document, checks: checks.map((one) => inRole(role.node.path, one)) };
}
