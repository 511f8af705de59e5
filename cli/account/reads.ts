/**
 * Every call that the command makes, and why. None changes anything, and none reads the value of a secret or of a
 * parameter. A call that is not here is refused before it is sent.
 */
export const READS = {
  "iam:GetPolicy": "what a policy allows",
  "iam:GetPolicyVersion": "what a policy allows",
  "iam:GetRole": "who can assume a role, and its permissions boundary",
  "iam:ListAttachedRolePolicies": "the policies of a role",
  "iam:ListRolePolicies": "the inline policies of a role",
} as const;

/** A policy, as JSON, that allows all of them. */
export const POLICY_TO_READ = JSON.stringify(
  { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: Object.keys(READS), Resource: "*" }] },
  null,
  2,
);
