import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  type IAMClientConfig,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  type Role,
} from "@aws-sdk/client-iam";
import { parsePolicy } from "../parse-policy";
import type { PolicyJson } from "../policy-json";
import { cached } from "./cached";
import { readOnly, regionOf } from "./clients";
import { itemsOf } from "./pages";
import { type Policy, type Roles, type RoleWithPolicies, TRUST_POLICY } from "./policies";

/** The roles of the account; a policy that several roles have is read once. */
export function rolesOf(iam: IAMClient): Roles {
  const policy = cached((arn) => readPolicy(iam, arn));
  const managed = async (name: string): Promise<Policy> => ({ name, document: await policy(name) });
  const named = cached(async (RoleName): Promise<RoleWithPolicies | undefined> => {
    const role = await readRole(iam, RoleName);
    if (!role) {
      return undefined;
    }
    const { Arn: arn = "", Description: description, MaxSessionDuration: maxSessionDuration, Tags = [] } = role;
    const [attached, inline] = await Promise.all([
      itemsOf(paginateListAttachedRolePolicies({ client: iam }, { RoleName }), (page) => page.AttachedPolicies),
      itemsOf(paginateListRolePolicies({ client: iam }, { RoleName }), (page) => page.PolicyNames),
    ]);
    const policies = await Promise.all([
      ...attached
        .map(({ PolicyArn = "" }) => PolicyArn)
        .sort()
        .map(managed),
      ...inline.sort().map((name) => readInlinePolicy(iam, RoleName, name)),
    ]);
    const boundary = role.PermissionsBoundary?.PermissionsBoundaryArn;
    return {
      arn,
      tags: Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value])),
      trust: inUrl(role.AssumeRolePolicyDocument, TRUST_POLICY),
      policies,
      ...(description && { description }),
      ...(maxSessionDuration && { maxSessionDuration }),
      ...(boundary && { boundary: await managed(boundary) }),
    };
  });
  return { named, policy };
}

/** Undefined if there is no role with that name. */
async function readRole(iam: IAMClient, RoleName: string): Promise<Role | undefined> {
  try {
    return (await iam.send(new GetRoleCommand({ RoleName }))).Role;
  } catch (error) {
    if ((error as Error).name === "NoSuchEntityException") {
      return undefined;
    }
    throw error;
  }
}

/** The document of a managed policy, in its default version. */
export async function readPolicy(iam: IAMClient, PolicyArn: string): Promise<PolicyJson> {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  const VersionId = Policy?.DefaultVersionId;
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
  return inUrl(PolicyVersion?.Document, PolicyArn);
}

async function readInlinePolicy(iam: IAMClient, RoleName: string, PolicyName: string): Promise<Policy> {
  const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
  return { name: PolicyName, document: inUrl(PolicyDocument, PolicyName) };
}

/** IAM encodes documents for URLs. */
const inUrl = (document = "", name: string) => parsePolicy(decodeURIComponent(document), name);

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
