import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { TRUST_FIELD_NAMES, TRUST_FIELDS, type TrustFieldName } from "../aws/trust-fields";
import { inRole, listPreconditions, type Precondition } from "../hcl/preconditions";
import type { TaskExecutionTrust } from "../inputs/trust";
import { assumeRoleStatement } from "../synth/statements";
import { asList, isUnknown } from "../unknown";
import { flatListOf } from "./locals";

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
    return listPreconditions(`trust.${field}`, list, pattern, wording).map((one) => inRole(role.node.path, one));
  });
  const document = new DataAwsIamPolicyDocument(role, "assume-role-policy", {
    statement: [assumeRoleStatement(trust, (field) => lists.get(field) ?? "")],
    provider,
  });
  return { document, checks };
}
