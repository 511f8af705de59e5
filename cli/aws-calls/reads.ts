/**
 * Every call that the command makes, and why. None changes anything, and none reads the value of a secret or of a
 * parameter. Any other call is rejected before it is sent.
 */
export const READS = {
  "ecr:DescribeImages": "whether an image exists",
  "ecr:DescribePullThroughCacheRules": "whether a missing image can be imported",
  "ecr:GetRepositoryPolicy": "whether a repository lets a role pull from it",
  "ecs:DescribeServices": "the task definitions of a service, and its Service Connect logs",
  "ecs:DescribeTaskDefinition": "what a task needs",
  "ecs:DescribeTasks": "why a task stopped, and which revision a running task uses",
  "ecs:ListClusters": "where a role is used",
  "ecs:ListServices": "the services of a cluster",
  "ecs:ListTaskDefinitionFamilies": "where a role is used",
  "ecs:ListTaskDefinitions": "where a role is used",
  "ecs:ListTasks": "where a role is used",
  "iam:GetPolicy": "what a policy allows",
  "iam:GetPolicyVersion": "what a policy allows",
  "iam:GetRole": "who can assume a role, and its permissions boundary",
  "iam:GetRolePolicy": "what an inline policy allows",
  "iam:ListAttachedRolePolicies": "the policies of a role",
  "iam:ListRolePolicies": "the inline policies of a role",
  "kms:DescribeKey": "whether a key is customer managed",
  "kms:GetKeyPolicy": "whether a key lets a role decrypt with it",
  "logs:DescribeLogGroups": "whether a log group exists",
  "s3:GetBucketPolicy": "whether a bucket lets a role read its files",
  "s3:ListBucket": "whether a file exists",
  "secretsmanager:DescribeSecret": "whether a secret exists, and its key",
  "secretsmanager:GetResourcePolicy": "whether a secret lets a role read it",
  "ssm:DescribeParameters": "whether a parameter exists, and its key",
} as const;

/** A policy, as JSON, that allows all these calls. */
export const POLICY_TO_READ = JSON.stringify(
  { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: Object.keys(READS), Resource: "*" }] },
  null,
  2,
);
