import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { GRANT_FIELDS, type GrantField, LIST_FIELD_NAMES, LIST_FIELDS, type ListFieldName } from "../aws/access-fields";
import type { TaskLocation } from "../aws/container-grants";
import { secretReferencesIn } from "../hcl/grants";
import {
  containersPrecondition,
  definitionsPreconditions,
  inRole,
  listPrecondition,
  notEmptyPrecondition,
  type Precondition,
  shapesPrecondition,
  sizePrecondition,
} from "../hcl/preconditions";
import { joined, resourcesOfList } from "../hcl/statements";
import type { TaskExecutionAccess } from "../inputs/access";
import { listWording, POLICY_TOO_LONG } from "../rules/access-rules";
import type { Containers } from "../synth/containers";
import { byTime, grantsOf } from "../synth/grants";
import { canBeTooLong } from "../synth/policy-size";
import { accessStatements } from "../synth/statements";
import { putStatements } from "./access-statements";
import { MAIN_RESOURCE_ID } from "./child-ids";
import { laterGrants, readLater } from "./later-containers";
import { letTerraformCheck } from "./let-terraform-check";
import { flatListOf, ownAttribute } from "./references";

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
  public give(access: TaskExecutionAccess, containers: Containers): void {
    const location = this.taskLocation(containers);
    const grants = grantsOf(access, location, containers);
    const { now, later } = byTime(grants, location);
    const lists = new Map(
      GRANT_FIELDS.filter((field) => later[field].length > 0).map((field) => [
        field,
        flatListOf(this, field, later[field]),
      ]),
    );
    const { values, lists: unread, definitions } = readLater(this, containers);
    const derived = laterGrants(this, access, values, location);
    // A parameter that is unknown at synth can refer to a secret.
    const parameters = joined([lists.get("parameters"), derived.get("parameters")]);
    const referencesIn = (field: GrantField) =>
      field === "referencedSecrets" && parameters ? [secretReferencesIn(parameters)] : [];
    const statements = accessStatements(access, grants, now, location.partition, {
      arns: (field) => joined([lists.get(field), derived.get(field), ...referencesIn(field)]),
      mapped: resourcesOfList,
    });
    putStatements(this.document, statements);
    this.letTerraformCheck(access, containers, [
      ...LIST_FIELD_NAMES.flatMap((field) => listChecks(field, lists.get(field), now[field].length > 0)),
      ...(definitions ? definitionsPreconditions(definitions) : []),
      ...unread.map(shapesPrecondition),
      ...[...values].flatMap(([kind, { offenders }]) => containersPrecondition(kind, offenders)),
    ]);
  }

  /** The policy's length is known at synth only if the whole policy is, so otherwise Terraform checks it. */
  private letTerraformCheck(
    access: TaskExecutionAccess,
    containers: Containers,
    checks: readonly Precondition[],
  ): void {
    if (checks.length > 0 || (containers.containers.length > 0 && canBeTooLong(access, containers))) {
      const { terraformResourceType, friendlyUniqueId } = this.document;
      const size = sizePrecondition(`data.${terraformResourceType}.${friendlyUniqueId}.json`, POLICY_TOO_LONG);
      letTerraformCheck(
        this.policy,
        [...checks, size].map((one) => inRole(this.rolePath, one)),
      );
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

function listChecks(field: ListFieldName, list: string | undefined, hasOthers: boolean): Precondition[] {
  const input = `access.${field}`;
  return list === undefined
    ? []
    : [
        listPrecondition(input, list, LIST_FIELDS[field], listWording(field)),
        ...(hasOthers ? [] : [notEmptyPrecondition(input, list)]),
      ];
}
