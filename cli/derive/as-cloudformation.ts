import type { DerivedRole } from "./derived-role";

/**
 * New roles as a CloudFormation template, also for existing roles: a stack that imports a role does not change its
 * policies.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
 */
export function asCloudformation(roles: readonly DerivedRole[]): string {
  const named = roles.map((role, at) => ({ role, name: at === 0 ? "ExecutionRole" : `ExecutionRole${at + 1}` }));
  const template = {
    AWSTemplateFormatVersion: "2010-09-09",
    Resources: Object.fromEntries(named.map(({ role, name }) => [name, resourceOf(role)])),
    Outputs: Object.fromEntries(
      named.map(({ name }) => [`${name}Arn`, { Value: { "Fn::GetAtt": [name, "Arn"] } }] as const),
    ),
  };
  return JSON.stringify(template, null, 2);
}

function resourceOf({ props, policy, trust }: DerivedRole): object {
  const { path, description, maxSessionDuration, permissionsBoundary, tags } = props;
  const Tags = Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
  return {
    Type: "AWS::IAM::Role",
    Properties: {
      Path: path,
      Description: description,
      MaxSessionDuration: maxSessionDuration,
      PermissionsBoundary: permissionsBoundary,
      ...(Tags.length > 0 && { Tags }),
      AssumeRolePolicyDocument: trust,
      Policies: [{ PolicyName: "access", PolicyDocument: policy }],
    },
  };
}
