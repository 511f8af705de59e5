import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { ARN_FIELDS, type ArnFieldName, type TaskExecutionAccess } from "./access";
import { arnWording } from "./access-rules";
import { accessStatements, unknownFields } from "./access-statements";
import { ownAttribute } from "./own-attribute";
import { inRole, listPreconditions, sizePrecondition } from "./preconditions";
import { flatListOf } from "./unknown-list";

interface AccessPolicyProps {
  readonly name: string;
  readonly path?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly partition: string;
  readonly provider?: TerraformProvider;
}

/**
 * The customer managed policy that gives an access. It is a policy of its own, not an inline one,
 * because compliance packs flag those.
 */
export class AccessPolicy extends Construct {
  /** The policy's ARN, for this stack. */
  public readonly arn: string;

  private readonly document: DataAwsIamPolicyDocument;
  private readonly policy: IamPolicy;
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
    this.policy = new IamPolicy(this, "Resource", {
      name,
      path,
      tags,
      provider,
      policy: ownAttribute(this.document, "json"),
    });
    this.arn = ownAttribute(this.policy, "arn");
  }

  /** Makes the policy give this access, and nothing else. */
  public give(access: TaskExecutionAccess): void {
    const lists = new Map(
      unknownFields(access).map((field): [ArnFieldName, string] => [
        field,
        flatListOf(this, field, access[field] ?? []),
      ]),
    );
    this.document.putStatement(accessStatements(access, this.props.partition, (field) => lists.get(field) ?? ""));
    if (lists.size > 0) {
      this.letTerraformCheck(lists);
    }
  }

  /** What of an access is not known yet, and so how long the policy becomes. */
  private letTerraformCheck(lists: ReadonlyMap<ArnFieldName, string>): void {
    const { terraformResourceType, friendlyUniqueId } = this.document;
    const ofLists = [...lists].flatMap(([field, list]) =>
      listPreconditions(`access.${field}`, list, ARN_FIELDS[field].pattern, arnWording(field)),
    );
    const ofSize = [sizePrecondition(`data.${terraformResourceType}.${friendlyUniqueId}.json`)];
    this.document.lifecycle = { precondition: ofLists.map((one) => inRole(this.rolePath, one)) };
    this.policy.lifecycle = { precondition: ofSize.map((one) => inRole(this.rolePath, one)) };
  }
}
