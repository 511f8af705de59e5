import { PULL, THROUGH_SERVICES } from "./permissions";
import { ECS_TASKS } from "./trust-fields";

/*
 * Policies and statements that other principals and resources need for the role. `ROLE_ARN` is a placeholder.
 */

const ROLE_ARN = "ROLE_ARN";

export const OTHER_POLICIES = {
  /** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html */
  passRolePolicy: {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "PassTaskExecutionRole",
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: ROLE_ARN,
        Condition: { StringEquals: { "iam:PassedToService": ECS_TASKS } },
      },
    ],
  },
  /** @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html */
  keyPolicyStatement: {
    Sid: "DecryptForTaskExecutionRole",
    Effect: "Allow",
    Principal: { AWS: ROLE_ARN },
    Action: "kms:Decrypt",
    Resource: "*",
    Condition: { [THROUGH_SERVICES.test]: { [THROUGH_SERVICES.variable]: THROUGH_SERVICES.values } },
  },
  /** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html */
  repositoryPolicyStatement: {
    Sid: "PullForTaskExecutionRole",
    Effect: "Allow",
    Principal: { AWS: ROLE_ARN },
    Action: PULL,
  },
};

export type OtherPolicy = keyof typeof OTHER_POLICIES;

/** One of these for a role, as JSON. */
export function otherPolicy(name: OtherPolicy, roleArn: string): string {
  return JSON.stringify(OTHER_POLICIES[name]).replaceAll(ROLE_ARN, roleArn);
}
