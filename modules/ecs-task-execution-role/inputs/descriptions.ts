import {
  DESCRIPTION_AT_MOST,
  PATH_AT_MOST,
  ROLE_NAME_AT_MOST,
  ROLE_NAME_PREFIX_AT_MOST,
  SESSION_SECONDS,
  TAG_KEY_AT_MOST,
  TAG_VALUE_AT_MOST,
  TAGS_AT_MOST,
} from "../permissions/limits";
import type { EcsTaskExecutionRoleProps } from "./props";

/** A prop of the construct and the matching variable of the Terraform module. */
export interface Input {
  /** The prop's type. */
  readonly type: string;
  /** The default of the variable; null if the variable is nullable. */
  readonly terraformDefault: null | boolean | Readonly<Record<string, never>>;
  /** The default, as the documentation shows it. */
  readonly byDefault: string;
  readonly description: string;
}

const STRING = { type: "string", terraformDefault: null } as const;

/**
 * Every input of the construct and the module. The module has no `provider` variable: Terraform passes providers to a
 * module with the `providers` argument.
 */
export const INPUTS: Readonly<Record<Exclude<keyof EcsTaskExecutionRoleProps, "provider">, Input>> = {
  roleName: {
    ...STRING,
    byDefault: "Terraform generates a unique name",
    description: `Name of the role: 1 to ${ROLE_NAME_AT_MOST} characters of A-Z a-z 0-9 _ + = , . @ -. Conflicts with a prefix. Changing it replaces the role.`,
  },
  roleNamePrefix: {
    ...STRING,
    byDefault: "none",
    description: `Prefix of a generated name, used verbatim: 1 to ${ROLE_NAME_PREFIX_AT_MOST} characters from the same set. Changing it replaces the role.`,
  },
  path: {
    ...STRING,
    byDefault: "`/`",
    description: `IAM path of the role and its access policy, such as /ecs/orders/, at most ${PATH_AT_MOST} characters. Changing it replaces the role.`,
  },
  description: {
    ...STRING,
    byDefault: "none",
    description: `Description of the role: at most ${DESCRIPTION_AT_MOST} Latin-1 characters.`,
  },
  maxSessionDuration: {
    type: "number",
    terraformDefault: null,
    byDefault: "3600",
    description: `Maximum session duration of the role in seconds, ${SESSION_SECONDS.from} to ${SESSION_SECONDS.to}. Does not limit the sessions that ECS opens.`,
  },
  permissionsBoundary: {
    ...STRING,
    byDefault: "none",
    description: "ARN of the managed policy to set as the permissions boundary of the role.",
  },
  tags: {
    type: "map of strings",
    terraformDefault: {},
    byDefault: "none",
    description: `Tags of the role and its access policy, at most ${TAGS_AT_MOST}. Keys have 1 to ${TAG_KEY_AT_MOST} characters, values up to ${TAG_VALUE_AT_MOST}.`,
  },
  forceDetachPolicies: {
    type: "boolean",
    terraformDefault: false,
    byDefault: "false",
    description:
      "Whether destroying the role also detaches policies that were attached after the last refresh. Policies that the last refresh found are always detached, so false does not protect the role from being destroyed; prevent_destroy does.",
  },
  managedPolicies: {
    type: "map of strings",
    terraformDefault: null,
    byDefault: "the four AWS managed policies of the workshop, or none with `access`",
    description:
      "Map of managed policies to attach. Each value is the name of an AWS managed policy, including its path, or the ARN of any managed policy. The key is part of the address of the attachment.",
  },
  access: {
    type: "TaskExecutionAccess",
    terraformDefault: null,
    byDefault: "only the managed policies",
    description:
      "Resources that ECS can access on behalf of the task. The role gets one customer managed policy that allows this access and nothing else (least privilege). Lists take ARNs; containerDefinitions takes the task's container definitions.",
  },
  trust: {
    type: "{ sourceAccounts?, sourceArns? }",
    terraformDefault: null,
    byDefault: "no condition",
    description:
      "Restricts which tasks ECS can assume the role for, by account (aws:SourceAccount, 12 digits) and by ECS ARN (aws:SourceArn).",
  },
  exclusive: {
    type: "boolean",
    terraformDefault: false,
    byDefault: "false",
    description:
      "Whether the next apply removes all inline policies and all policies that were attached outside Terraform.",
  },
};

/** Every attribute of the construct that is also an output of the Terraform module. */
export const ATTRIBUTES = {
  roleArn: "ARN of the role, available once every policy is attached. Use it in task definitions.",
  principalArn:
    "ARN of the role, available before the policies are attached. Use it in the policies of KMS keys, secrets and repositories.",
  roleName: "Name of the role, including a generated name.",
  roleUniqueId: "Unique ID of the role. It changes when the role is replaced, even if the name stays the same.",
  policyArns: "Map of the ARNs of all attached policies. Keys are the policy keys, and access for the access policy.",
  passRolePolicy:
    "IAM policy, as JSON, for the principal that deploys tasks. It allows iam:PassRole on this role, to ECS tasks only.",
  keyPolicyStatement:
    "Statement, as JSON, for a key policy. Allows the role (principalArn) to decrypt through Secrets Manager, SSM and S3 only.",
  repositoryPolicyStatement:
    "Statement, as JSON, for a repository policy in another account. It allows the role (principalArn) to pull images.",
} as const;
