import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { ARN_FIELD_NAMES, ARN_FIELDS, type GrantField } from "../aws/arn-fields";
import type { TaskPlace } from "../aws/container-grants";
import { containerPreconditions, inRole, listPreconditions, sizePrecondition } from "../hcl/preconditions";
import { mappedInTerraform } from "../hcl/statements";
import type { TaskExecutionAccess } from "../inputs/access";
import { arnWording, POLICY_TOO_LONG } from "../rules/access-rules";
import type { Containers } from "../synth/containers";
import { grantsOf, unknownFields } from "../synth/grants";
import { accessStatements, type LaterResources } from "../synth/statements";
import { letTerraformCheck } from "./let-terraform-check";
import { flatListOf } from "./locals";
import { ownAttribute } from "./references";
import { UnreadContainers } from "./unread-containers";

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
    const policy = ownAttribute(this.document, "json");
    this.policy = new IamPolicy(this, "Resource", { name, path, tags, provider, policy });
    this.arn = ownAttribute(this.policy, "arn");
  }

  /**
   * Makes the policy give this access, and nothing else.
   *
   * @param containers the container definitions of the access.
   */
  public give(access: TaskExecutionAccess, containers: Containers): void {
    const place = this.taskPlace(access);
    const grants = grantsOf(access, place, containers);
    const lists = new Map(
      unknownFields(grants, place).map((field): [GrantField, string] => [
        field,
        flatListOf(this, field, grants[field]),
      ]),
    );
    const checks = ARN_FIELD_NAMES.flatMap((field) => {
      const list = lists.get(field);
      const { pattern } = ARN_FIELDS[field];
      return list === undefined ? [] : listPreconditions(`access.${field}`, list, pattern, arnWording(field));
    });
    if (containers.areKnown) {
      const later: LaterResources = (field, mapping) => {
        const list = lists.get(field);
        return list && `[for arn in ${list} : ${mappedInTerraform(mapping, "arn")}]`;
      };
      this.document.putStatement(accessStatements(access, grants, place.partition, later));
    } else {
      const unread = new UnreadContainers(this, access, containers.all, place);
      const listOf = (field: GrantField) => lists.get(field) ?? JSON.stringify(grants[field]);
      this.document.resetStatement();
      this.document.addOverride("dynamic", { statement: unread.statements(listOf) });
      checks.push(...containerPreconditions(unread.containers));
    }
    if (checks.length > 0 || access.containerDefinitions?.length) {
      const { terraformResourceType, friendlyUniqueId } = this.document;
      checks.push(sizePrecondition(`data.${terraformResourceType}.${friendlyUniqueId}.json`, POLICY_TOO_LONG));
      letTerraformCheck(
        this.policy,
        checks.map((one) => inRole(this.rolePath, one)),
      );
    }
  }

  /** Only container definitions leave out where the task runs, so only for these Terraform asks AWS. */
  private taskPlace({ containerDefinitions }: TaskExecutionAccess): TaskPlace {
    const { partition, provider } = this.props;
    if (!containerDefinitions?.length) {
      return { partition, region: "", account: "" };
    }
    const found = <T>(id: string) => this.node.tryFindChild(id) as T | undefined;
    const region = found<DataAwsRegion>("region") ?? new DataAwsRegion(this, "region", { provider });
    const account = found<DataAwsCallerIdentity>("account") ?? new DataAwsCallerIdentity(this, "account", { provider });
    return {
      partition,
      // In version 6 of the provider `name` is `region`; `id` is the same in both.
      region: ownAttribute(region, "id"),
      account: ownAttribute(account, "account_id"),
    };
  }
}
