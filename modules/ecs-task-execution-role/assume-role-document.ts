import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import {
  assumeRoleStatement,
  type TaskExecutionTrust,
  TRUST_FIELD_NAMES,
  TRUST_FIELDS,
  type TrustFieldName,
} from "./assume-role-policy";
import { inRole, listPreconditions } from "./preconditions";
import { asList, isUnknown } from "./unknown";
import { flatListOf } from "./unknown-list";

/** The assume-role policy of a role; what a trust holds that is not known yet, Terraform checks. */
export function assumeRoleDocument(
  role: Construct,
  trust: TaskExecutionTrust = {},
  provider?: TerraformProvider,
): DataAwsIamPolicyDocument {
  const lists = new Map(
    TRUST_FIELD_NAMES.filter((field) => asList(trust[field]).some(isUnknown)).map((field): [TrustFieldName, string] => [
      field,
      flatListOf(role, `trust-${field}`, asList(trust[field])),
    ]),
  );
  const precondition = [...lists].flatMap(([field, list]) => {
    const { pattern, ...wording } = TRUST_FIELDS[field];
    return listPreconditions(`trust.${field}`, list, pattern, wording).map((one) => inRole(role.node.path, one));
  });
  return new DataAwsIamPolicyDocument(role, "assume-role-policy", {
    statement: [assumeRoleStatement(trust, (field) => lists.get(field) ?? "")],
    lifecycle: precondition.length === 0 ? undefined : { precondition },
    provider,
  });
}
