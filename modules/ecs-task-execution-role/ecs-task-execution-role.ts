import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Annotations, Fn, Lazy, type TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { TaskExecutionAccess } from "./inputs/access";
import type { EcsTaskExecutionRoleProps } from "./inputs/props";
import { roleArguments } from "./inputs/role-arguments";
import { ATTACHMENTS_AT_MOST, ATTACHMENTS_BY_DEFAULT } from "./permissions/limits";
import { DEFAULT_MANAGED_POLICIES, managedPolicyArn } from "./permissions/managed-policies";
import { otherPolicy } from "./permissions/other-policies";
import { AccessPolicy } from "./resources/access-policy";
import { assumeRoleDocument } from "./resources/assume-role-document";
import { ACCESS_ID, MAIN_RESOURCE_ID, managedPolicyId, PARTITION_ID } from "./resources/child-ids";
import { exclusivePolicies } from "./resources/exclusive-policies";
import { letTerraformCheck } from "./resources/let-terraform-check";
import { addressOf, defineReference, once, ownAttribute } from "./resources/references";
import { markAccess, markProps } from "./resources/tokens";
import { inputChecks } from "./resources/unknown-inputs";
import { checkProps, nameToAdopt } from "./synth/check-props";
import { mergeAccess } from "./synth/grants";
import type { Containers } from "./synth/read-containers";

/**
 * The IAM role that Amazon ECS uses to start tasks: to pull images, read secrets and create log streams. Your
 * application uses the task role instead.
 *
 * @example
 * const execution = new EcsTaskExecutionRole(this, "execution", { access: { containerDefinitions } });
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export class EcsTaskExecutionRole extends Construct {
  /** The underlying `aws_iam_role`, for settings that the props do not cover (`lifecycle`, overrides). */
  public readonly role: IamRole;

  /**
   * ARNs of all attached policies, by their keys in `managedPolicies`. The policy that `access` and `grant()` create has
   * the key `access`. A later `grant()` can add that key, so pass the map itself rather than its values.
   */
  public readonly policyArns: Readonly<Record<string, string>> = {};

  private readonly arn = once(() => this.role.arn);
  private readonly arnWhenReady = once(() => Lazy.stringValue({ produce: () => this.waitForAttachments() }));
  private readonly name = once(() => this.role.name);
  private readonly uniqueId = once(() => this.role.uniqueId);
  private readonly attachmentIds: (() => string)[] = [];
  /** The resources that grant permissions: the attachments and the access policy. */
  private readonly granting: TerraformResource[] = [];
  private readonly managedAttachments: IamRolePolicyAttachment[] = [];
  private readonly exclusive: readonly TerraformResource[] = [];
  private readonly partition: string;
  /** The role name for its attachments. It becomes unknown when the role is replaced, so that they are replaced too. */
  private readonly ownId: string;
  /** The props with their unknown values marked. */
  private readonly read: EcsTaskExecutionRoleProps;
  private accessPolicy?: AccessPolicy;
  private access?: TaskExecutionAccess;

  /**
   * @throws Error that lists every invalid prop, before any resource is added to the stack.
   */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: EcsTaskExecutionRoleProps = {},
  ) {
    const read = markProps(props);
    const containers = checkProps(`${scope.node.path}/${id}`, read);
    super(scope, id);
    this.read = read;
    const { provider } = props;

    this.partition = ownAttribute(new DataAwsPartition(this, PARTITION_ID, { provider }), "partition");
    const trust = assumeRoleDocument(this, read.trust ?? {}, provider);
    this.role = new IamRole(this, MAIN_RESOURCE_ID, {
      assumeRolePolicy: ownAttribute(trust, "json"),
      ...roleArguments(props),
      provider,
    });

    letTerraformCheck(this.role, inputChecks(this, read));
    this.ownId = ownAttribute(this.role, "id");
    const managedPolicies = props.managedPolicies ?? (props.access ? {} : this.defaultPolicies());
    for (const [key, policy] of Object.entries(managedPolicies)) {
      const policyArn = managedPolicyArn(this.partition, policy);
      this.managedAttachments.push(this.attach(key, this, managedPolicyId(key), policyArn));
    }
    if (read.access) {
      this.setAccess(read.access, containers);
    }
    if (props.exclusive) {
      const policyArns = Lazy.listValue({ produce: () => Object.values(this.policyArns) });
      const after = Lazy.listValue({ produce: () => this.granting.map(addressOf) }, { omitEmpty: true });
      this.exclusive = exclusivePolicies(this, { roleName: this.ownId, policyArns, after, provider });
    }
  }

  /**
   * ARN of the role, available once every policy is attached. Use it in task definitions, so that no task starts
   * before the role has its permissions.
   */
  public get roleArn(): string {
    return this.arnWhenReady();
  }

  /**
   * ARN of the role, available before the policies are attached. Use it in the policies of KMS keys, secrets and
   * repositories that the role accesses, where `roleArn` would create a cycle.
   */
  public get principalArn(): string {
    return this.arn();
  }

  /** Name of the role, including a generated name. */
  public get roleName(): string {
    return this.name();
  }

  /** Unique ID of the role (`AROA...`). It changes when the role is replaced, even if the name stays the same. */
  public get roleUniqueId(): string {
    return this.uniqueId();
  }

  /**
   * IAM policy, as JSON, for the principal that deploys tasks. It allows `iam:PassRole` on this role, to ECS tasks only.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
   */
  public get passRolePolicy(): string {
    return otherPolicy("passRolePolicy", this.principalArn);
  }

  /**
   * Policy statement, as JSON, for the key policy of a customer managed KMS key. It allows the role (`principalArn`) to
   * decrypt with the key through Secrets Manager, SSM and S3 only.
   *
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
   */
  public get keyPolicyStatement(): string {
    return otherPolicy("keyPolicyStatement", this.principalArn);
  }

  /**
   * Policy statement, as JSON, for the repository policy of an ECR repository in another account. It allows the role
   * (`principalArn`) to pull images.
   *
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
   */
  public get repositoryPolicyStatement(): string {
    return otherPolicy("repositoryPolicyStatement", this.principalArn);
  }

  /**
   * Grants ECS access to more resources. You can call it several times and from anywhere in the app. It does not change
   * `managedPolicies`.
   *
   * @throws Error under the same rules as `access`, applied to everything granted so far. Nothing changes if it throws.
   */
  public grant(access: TaskExecutionAccess): void {
    const all = mergeAccess(this.access ?? {}, markAccess(access ?? {}));
    const containers = checkProps(this.node.path, { ...this.read, access: all });
    this.setAccess(all, containers);
  }

  /**
   * Imports an existing role with this `roleName`, such as a role created in the console. Generates import blocks for the
   * role and its managed policies, all of which must already be attached to it. The next plan imports them and shows
   * where the role differs from the props. Remove the call after the apply.
   *
   * The access policy is not imported; Terraform creates it. Other policies stay attached unless `exclusive` is set, and
   * `npx ecs-task-execution-role verify` reports them. Requires Terraform 1.6 or later.
   *
   * @throws Error if `roleName` is not set, or is unknown at synth.
   * @see https://developer.hashicorp.com/terraform/language/import
   */
  public adopt(): void {
    const { provider } = this.props;
    const roleName = nameToAdopt(this.node.path, this.props);
    for (const resource of [this.role, ...this.exclusive]) {
      resource.importFrom(roleName, provider);
    }
    for (const attachment of this.managedAttachments) {
      attachment.importFrom(`${roleName}/${attachment.policyArnInput}`, provider);
    }
  }

  /**
   * An element of a list depends on the whole list, but is known as soon as its own value is. So the ARN waits for the
   * attachments, and a new attachment does not make it known only after apply.
   */
  private waitForAttachments(): string {
    return Fn.element([this.principalArn, ...this.attachmentIds.map((id) => id())], 0);
  }

  private setAccess(access: TaskExecutionAccess, containers: Containers): void {
    this.access = access;
    this.accessPolicy ??= this.attachAccessPolicy();
    this.accessPolicy.setAccess(access, containers);
  }

  private attachAccessPolicy(): AccessPolicy {
    const { path, tags, provider } = this.props;
    const name = `${ownAttribute(this.role, "name")}-access`;
    const policy = new AccessPolicy(this, ACCESS_ID, { name, path, tags, partition: this.partition, provider });
    this.granting.push(policy.policy);
    this.attach(ACCESS_ID, policy, "attachment", policy.arn);
    return policy;
  }

  private attach(key: string, scope: Construct, id: string, policyArn: string): IamRolePolicyAttachment {
    const { provider } = this.props;
    const attachment = new IamRolePolicyAttachment(scope, id, { role: this.ownId, policyArn, provider });
    this.attachmentIds.push(once(() => attachment.id));
    this.granting.push(attachment);
    defineReference(this.policyArns, key, () => attachment.policyArn);
    this.warnOnceBeyondQuota();
    return attachment;
  }

  /** Choosing broad policies should be a deliberate decision, visible in the code. */
  private defaultPolicies(): typeof DEFAULT_MANAGED_POLICIES {
    Annotations.of(this).addWarning(
      "attaches the four AWS managed policies of the AWS workshop, which allow reading and deleting every secret; set access for least privilege, or managedPolicies: DEFAULT_MANAGED_POLICIES to keep them without this warning",
    );
    return DEFAULT_MANAGED_POLICIES;
  }

  private warnOnceBeyondQuota(): void {
    if (this.attachmentIds.length === ATTACHMENTS_BY_DEFAULT + 1) {
      Annotations.of(this).addWarning(
        `more than ${ATTACHMENTS_BY_DEFAULT} policies are attached to the role; AWS allows that only where the account's quota L-0DA4ABF3 is raised (${ATTACHMENTS_AT_MOST} at most)`,
      );
    }
  }
}
