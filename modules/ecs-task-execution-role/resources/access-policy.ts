import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import type { Precondition, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { TaskExecutionAccess } from "../inputs/access";
import type { TaskLocation } from "../permissions/container-grants";
import { accessStatements } from "../synth/access-statements";
import { grantsOf, unknownFields } from "../synth/grants";
import { canBeTooLong } from "../synth/policy-size";
import type { Containers } from "../synth/read-containers";
import { MAIN_RESOURCE_ID } from "./child-ids";
import { letTerraformCheck, sizePrecondition } from "./let-terraform-check";
import { readByTerraform } from "./read-by-terraform";
import { addressOf, ownAttribute } from "./references";

interface AccessPolicyProps {
  readonly name: string;
  readonly path?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly partition: string;
  readonly provider?: TerraformProvider;
}

/**
 * The customer managed policy that grants access. It is not an inline policy, because compliance packs flag those.
 */
export class AccessPolicy extends Construct {
  /** The policy's ARN, for use within this stack. */
  public readonly arn: string;
  public readonly policy: IamPolicy;

  private readonly document: DataAwsIamPolicyDocument;
  private readonly rolePath: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AccessPolicyProps,
  ) {
    super(scope, id);
    this.rolePath = scope.node.path;
    const { name, path, tags, provider } = props;
    this.document = new DataAwsIamPolicyDocument(this, "document", { provider });
    const policy = ownAttribute(this.document, "json");
    this.policy = new IamPolicy(this, MAIN_RESOURCE_ID, { name, path, tags, provider, policy });
    this.arn = ownAttribute(this.policy, "arn");
  }

  /**
   * Makes the policy grant exactly this access.
   *
   * @param containers the container definitions in `access`.
   */
  public setAccess(access: TaskExecutionAccess, containers: Containers): void {
    const location = this.taskLocation(containers);
    const unknown = unknownFields(access, containers);
    const statements = accessStatements(grantsOf(access, location, containers), unknown);
    if (statements.length > 0) {
      this.document.putStatement(statements);
    } else {
      this.document.resetStatement();
    }
    const { documents, checks } = readByTerraform(this, {
      rolePath: this.rolePath,
      access,
      containers,
      unknown,
      location,
      known: statements.map(({ sid }) => sid),
      provider: this.props.provider,
    });
    if (documents.length > 0) {
      this.document.sourcePolicyDocuments = documents;
    }
    this.letTerraformCheck(access, containers, checks);
  }

  /** The policy's length is known at synth only if the whole policy is, so otherwise Terraform checks it. */
  private letTerraformCheck(
    access: TaskExecutionAccess,
    containers: Containers,
    checks: readonly Precondition[],
  ): void {
    if (checks.length > 0 || (containers.containers.length > 0 && canBeTooLong(access, containers))) {
      letTerraformCheck(this.policy, [...checks, sizePrecondition(this.rolePath, addressOf(this.document))]);
    }
  }

  /** Only container definitions omit the Region and account, so only they need the data sources. */
  private taskLocation({ containers }: Containers): TaskLocation {
    const { partition, provider } = this.props;
    if (containers.length === 0) {
      return { partition, region: "", account: "" };
    }
    const found = <T>(id: string) => this.node.tryFindChild(id) as T | undefined;
    const region = found<DataAwsRegion>("region") ?? new DataAwsRegion(this, "region", { provider });
    const account = found<DataAwsCallerIdentity>("account") ?? new DataAwsCallerIdentity(this, "account", { provider });
    return {
      partition,
      // Version 6 of the provider replaces `name` with `region`; `id` works in both versions.
      region: ownAttribute(region, "id"),
      account: ownAttribute(account, "account_id"),
    };
  }
}
