import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { TerraformLocal, type TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { ArnFieldName, TaskExecutionAccess } from "./access";
import { listPrecondition, type Precondition, sizePrecondition } from "./access-preconditions";
import { accessStatements, unknownFields } from "./access-statements";
import { unpacked } from "./unknown";

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
  public readonly arn: string;

  private readonly document: DataAwsIamPolicyDocument;
  private readonly lists = new Map<ArnFieldName, TerraformLocal>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AccessPolicyProps,
  ) {
    super(scope, id);
    const { name, path, tags, provider } = props;
    this.document = new DataAwsIamPolicyDocument(this, "document", { provider });
    const json = `data.${this.document.terraformResourceType}.${this.document.friendlyUniqueId}.json`;
    const policy = new IamPolicy(this, "Resource", {
      name,
      path,
      tags,
      provider,
      policy: this.document.json,
      lifecycle: { precondition: [this.inRole(sizePrecondition(json))] },
    });
    this.arn = policy.arn;
  }

  /** Makes the policy give this access, and nothing else. */
  public give(access: TaskExecutionAccess): void {
    const unknown = unknownFields(access);
    for (const field of unknown) {
      this.localOf(field).expression = access[field]?.map(unpacked);
    }
    this.document.putStatement(accessStatements(access, this.props.partition, (field) => this.listOf(field)));
    if (unknown.length > 0) {
      const precondition = unknown.map((field) => this.inRole(listPrecondition(field, this.listOf(field))));
      this.document.lifecycle = { precondition };
    }
  }

  /** Names the role in what Terraform says, which knows only addresses. */
  private inRole({ condition, errorMessage }: Precondition): Precondition {
    const role = this.node.scope?.node.path;
    return { condition, errorMessage: `EcsTaskExecutionRole "${role}" has input that is not valid: ${errorMessage}` };
  }

  /** In Terraform's language: the list of a field, flat, because an element may be a whole unknown list. */
  private listOf(field: ArnFieldName): string {
    return `flatten(local.${this.localOf(field).friendlyUniqueId})`;
  }

  private localOf(field: ArnFieldName): TerraformLocal {
    const local = this.lists.get(field) ?? new TerraformLocal(this, field, []);
    this.lists.set(field, local);
    return local;
  }
}
