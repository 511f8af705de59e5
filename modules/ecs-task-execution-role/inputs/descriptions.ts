import {
  DESCRIPTION_AT_MOST,
  ROLE_NAME_AT_MOST,
  ROLE_NAME_PREFIX_AT_MOST,
  SESSION_SECONDS,
  TAGS_AT_MOST,
} from "../aws/limits";
import type { EcsTaskExecutionRoleProps } from "./props";

/** A prop of the construct and the variable of the Terraform module that is the same. */
export interface Input {
  /** The prop's type. */
  readonly type: string;
  /** What stands for the default in the variable, which is null where the variable may be null. */
  readonly terraformDefault: null | boolean | Readonly<Record<string, never>>;
  /** The default, for people. */
  readonly byDefault: string;
  readonly description: string;
}

const STRING = { type: "string", terraformDefault: null } as const;

/**
 * Every input, for both kinds of user. Terraform has no `provider` variable: a module is handed
 * its providers by the `providers` argument.
 */
export const INPUTS: Readonly<Record<Exclude<keyof EcsTaskExecutionRoleProps, "provider">, Input>> = {
  roleName: {
    ...STRING,
    byDefault: "Terraform makes a unique name",
    description: `Name of the role: 1 to ${ROLE_NAME_AT_MOST} characters of A-Z a-z 0-9 _ + = , . @ -. Not together with a prefix. Changing it replaces the role.`,
  },
  roleNamePrefix: {
    ...STRING,
    byDefault: "none",
    description: `Prefix of a generated name, used verbatim: 1 to ${ROLE_NAME_PREFIX_AT_MOST} characters of the same set. Changing it replaces the role.`,
  },
  path: {
    ...STRING,
    byDefault: "`/`",
    description:
      "IAM path of the role and of its access policy. Begins and ends with a slash. Changing it replaces the role.",
  },
  description: {
    ...STRING,
    byDefault: "none",
    description: `Description of the role: at most ${DESCRIPTION_AT_MOST} characters of Latin-1.`,
  },
  maxSessionDuration: {
    type: "number",
    terraformDefault: null,
    byDefault: "3600",
    description: `Maximum duration of a session, in seconds, ${SESSION_SECONDS.from} to ${SESSION_SECONDS.to}. It does not limit the sessions of ECS.`,
  },
  permissionsBoundary: {
    ...STRING,
    byDefault: "none",
    description: "ARN of the IAM policy that is the permissions boundary of the role.",
  },
  tags: {
    type: "map of strings",
    terraformDefault: {},
    byDefault: "none",
    description: `Tags of the role and of its access policy, at most ${TAGS_AT_MOST}.`,
  },
  forceDetachPolicies: {
    type: "boolean",
    terraformDefault: false,
    byDefault: "false",
    description:
      "Whether deleting the role also detaches policies that were attached after the last refresh. Policies that Terraform knows are always detached. To protect the role from deletion, use prevent_destroy.",
  },
  managedPolicies: {
    type: "map of strings",
    terraformDefault: null,
    byDefault: "the four AWS managed policies of the workshop, or none with `access`",
    description:
      "Managed policies to attach, by a fixed key: the name of an AWS managed policy with its path, or the ARN of any policy. The key is part of the address of the attachment.",
  },
  access: {
    type: "TaskExecutionAccess",
    terraformDefault: null,
    byDefault: "what the managed policies allow",
    description:
      "What ECS can access to start the task. One customer managed policy grants exactly that (least privilege). Every list holds ARNs. Container definitions are the task's, as JSON.",
  },
  trust: {
    type: "{ sourceAccounts?, sourceArns? }",
    terraformDefault: null,
    byDefault: "no condition",
    description:
      "Restricts the tasks that can use the role, by account (aws:SourceAccount, 12 digits) and by ECS ARN (aws:SourceArn).",
  },
  exclusive: {
    type: "boolean",
    terraformDefault: false,
    byDefault: "false",
    description: "Whether the next apply removes policies that were attached outside Terraform, and inline policies.",
  },
};

/** Every attribute of the construct that the Terraform module has as an output. */
export const ATTRIBUTES = {
  roleArn: "ARN of the role, known when every policy is attached. Use it in task definitions.",
  principalArn: "ARN of the role, without that dependency. Use it in the policies of keys, secrets and repositories.",
  roleName: "Name of the role, including a generated one.",
  roleUniqueId: "Unique ID of the role. A new role of the same name has another one.",
  policyArns: "ARNs of the attached policies by key. The key of the access policy is access.",
  passRolePolicy:
    "Policy, as JSON, for the principal that deploys tasks: iam:PassRole on this role, to ECS tasks only.",
  keyPolicyStatement:
    "Statement, as JSON, for the policy of a customer managed KMS key: the role can decrypt through Secrets Manager, SSM and S3.",
  repositoryPolicyStatement:
    "Statement, as JSON, for the policy of an ECR repository in another account: the role can pull images.",
} as const;
