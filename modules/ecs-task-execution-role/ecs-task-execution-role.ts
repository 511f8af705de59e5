import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Annotations, Fn, Lazy } from "cdktf";
import { Construct } from "constructs";
import { ASSUME_ROLE_STATEMENT } from "./assume-role-policy";
import { checkProps } from "./check";
import { DEFAULT_MANAGED_POLICIES, managedPolicyArn } from "./managed-policies";
import type { EcsTaskExecutionRoleProps } from "./props";

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const ATTACHMENTS_BY_DEFAULT = 10;

/**
 * The IAM role as which Amazon ECS itself prepares a task: pulls its image, fetches its secrets
 * and opens its log stream. (The application inside the task runs as the task role, another one.)
 *
 * @example
 * const execution = new EcsTaskExecutionRole(this, "execution");
 * new EcsTaskDefinition(this, "task", { executionRoleArn: execution.roleArn, ... });
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export class EcsTaskExecutionRole extends Construct {
  /** The `aws_iam_role` itself, for all that the props do not cover (`lifecycle`, overrides). */
  public readonly role: IamRole;

  /**
   * The role's ARN, which Terraform hands on only when every policy is attached: what a task
   * definition takes, so that no task starts before the role may do its work.
   */
  public readonly roleArn: string;

  /**
   * The same ARN without that wait, for what the role's own permissions refer to: the policy of a
   * KMS key, a secret or a repository, where `roleArn` would be a cycle.
   */
  public readonly principalArn: string;

  /** The role's name, also where Terraform made it. */
  public readonly roleName: string;

  /** The role's unique id (`AROA...`), which a new role of the same name does not share. */
  public readonly roleUniqueId: string;

  /** The ARN of every attached policy, under its key. */
  public readonly policyArns: Readonly<Record<string, string>>;

  /**
   * @throws Error with all faults of the props, before any resource is added to the stack.
   */
  constructor(scope: Construct, id: string, props: EcsTaskExecutionRoleProps = {}) {
    checkProps(`${scope.node.path}/${id}`, props);
    super(scope, id);
    const { provider } = props;

    const partition = new DataAwsPartition(this, "partition", { provider });
    const assumeRolePolicy = new DataAwsIamPolicyDocument(this, "assume-role-policy", {
      statement: [ASSUME_ROLE_STATEMENT],
      provider,
    });

    this.role = new IamRole(this, "Resource", {
      assumeRolePolicy: assumeRolePolicy.json,
      name: props.roleName,
      namePrefix: props.roleNamePrefix,
      path: props.path,
      description: props.description,
      maxSessionDuration: props.maxSessionDuration,
      permissionsBoundary: props.permissionsBoundary,
      tags: props.tags,
      forceDetachPolicies: props.forceDetachPolicies,
      provider,
    });

    const attachments = Object.entries(props.managedPolicies ?? DEFAULT_MANAGED_POLICIES).map(
      ([key, policy]): [string, IamRolePolicyAttachment] => [
        key,
        new IamRolePolicyAttachment(this, `managed-${key}`, {
          role: this.role.name,
          policyArn: managedPolicyArn(partition.partition, policy),
          provider,
        }),
      ],
    );

    if (attachments.length > ATTACHMENTS_BY_DEFAULT) {
      Annotations.of(this).addWarning(
        `${attachments.length} policies are attached to the role; AWS allows ${ATTACHMENTS_BY_DEFAULT} unless the account's quota L-0DA4ABF3 is raised (20 at most)`,
      );
    }

    this.principalArn = this.role.arn;
    // An element of a list depends on the whole list, yet is known as soon as it itself is: the
    // ARN waits for the attachments, and a new attachment does not make it unknown at plan.
    this.roleArn = Lazy.stringValue({
      produce: () => Fn.element([this.role.arn, ...attachments.map(([, attachment]) => attachment.id)], 0),
    });
    this.roleName = this.role.name;
    this.roleUniqueId = this.role.uniqueId;
    this.policyArns = Object.fromEntries(attachments.map(([key, attachment]) => [key, attachment.policyArn]));
  }
}
