import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  IAMClient,
  type IAMClientConfig,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from "@aws-sdk/client-iam";
import { parsePolicy } from "../parse-policy";
import type { PolicyJson } from "../policy-json";
import { readOnly, regionOf } from "./clients";

export interface RoleInAccount {
  readonly arn: string;
  readonly assumeRolePolicy: string;
  readonly attachedPolicies: readonly string[];
  readonly inlinePolicies: readonly string[];
  /** The ARN of the permissions boundary. */
  readonly permissionsBoundary?: string;
  readonly description?: string;
  readonly maxSessionDuration?: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** Reads a role; undefined if there is no role with that name. */
export async function readRole(iam: IAMClient, roleName: string): Promise<RoleInAccount | undefined> {
  try {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: roleName }));
    const attachedPolicies: string[] = [];
    for await (const page of paginateListAttachedRolePolicies({ client: iam }, { RoleName: roleName })) {
      attachedPolicies.push(...(page.AttachedPolicies ?? []).map(({ PolicyArn }) => PolicyArn ?? ""));
    }
    const inlinePolicies: string[] = [];
    for await (const page of paginateListRolePolicies({ client: iam }, { RoleName: roleName })) {
      inlinePolicies.push(...(page.PolicyNames ?? []));
    }
    return {
      arn: Role?.Arn ?? "",
      assumeRolePolicy: decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""),
      attachedPolicies: attachedPolicies.sort(),
      inlinePolicies: inlinePolicies.sort(),
      permissionsBoundary: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
      description: Role?.Description,
      maxSessionDuration: Role?.MaxSessionDuration,
      tags: Object.fromEntries((Role?.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value])),
    };
  } catch (error) {
    if (error instanceof Error && error.name === "NoSuchEntityException") {
      return undefined;
    }
    throw error;
  }
}

/** The document of a managed policy, in its default version. */
export async function readPolicy(iam: IAMClient, PolicyArn: string): Promise<PolicyJson> {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  const { PolicyVersion } = await iam.send(
    new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }),
  );
  return parsePolicy(decodeURIComponent(PolicyVersion?.Document ?? ""), PolicyArn);
}

/** An IAM client, without the AWS SDK's warning about Node 20 at each start. */
export function iamClient(config: IAMClientConfig): IAMClient {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  return new IAMClient(config);
}

/** IAM is global, so if no Region is configured, any Region in the partition works. */
export async function iamOfTheUser(): Promise<IAMClient> {
  const configured = iamClient({});
  const region = await regionOf(configured);
  return readOnly("iam", region === undefined ? iamClient({ region: "us-east-1" }) : configured);
}
