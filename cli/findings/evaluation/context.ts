import type { RoleWithPolicies } from "../../account/policies";
import { accountOf } from "../../arns";
import type { Context, Known } from "./request";

/** Condition keys of users, federated users, AWS services and tags: a call by a task execution role has none. */
const NOT_OF_A_ROLE =
  /^(aws:(username|multifactorauth.*|federatedprovider|sourceidentity|principaltag\/.*|requesttag\/.*|tagkeys|principalservicename.*|source(account|arn|orgid|orgpaths)|calledvia.*)|sts:.*|saml:.*)$/i;

/** A call that Amazon ECS makes with a role. */
export function callOf(role: RoleWithPolicies, resource: string, region: string, own: Context): Known {
  const accountInArn = accountOf(resource);
  const ownAccount = accountOf(role.arn);
  return {
    keys: {
      ...keysOfPrincipal(role),
      "kms:CallerAccount": ownAccount,
      "aws:PrincipalIsAWSService": "false",
      "aws:ViaAWSService": "false",
      ...ofEveryCall(resource.split(":")[3] || region),
      // Amazon ECS assumes the role for each task.
      "aws:TokenIssueTime": new Date().toISOString(),
      ...(accountInArn && { "aws:ResourceAccount": accountInArn }),
      ...own,
    },
    // A bucket's ARN contains no account.
    assumed: accountInArn ? {} : { "aws:ResourceAccount": ownAccount, "s3:ResourceAccount": ownAccount },
    absent: NOT_OF_A_ROLE,
  };
}

/** The keys that every call with a role has. */
export function keysOfPrincipal({ arn, tags }: RoleWithPolicies): Context {
  return {
    "aws:PrincipalArn": arn,
    "aws:PrincipalAccount": accountOf(arn),
    "aws:PrincipalType": "AssumedRole",
    ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
  };
}

/** The keys that every call has, whoever makes it. */
export function ofEveryCall(region: string): Context {
  const now = new Date();
  return {
    "aws:SecureTransport": "true",
    "aws:CurrentTime": now.toISOString(),
    "aws:EpochTime": String(Math.floor(now.getTime() / 1000)),
    "aws:RequestedRegion": region,
  };
}
