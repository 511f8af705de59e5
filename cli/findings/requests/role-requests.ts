import { accountOf } from "../../arns";
import { ABSENT, always, type KeyState, known, perhaps, type Request } from "../evaluation/request";
import {
  absent,
  global,
  inRows,
  type KeyRow,
  notThroughEndpoint,
  OF_EVERY_REQUEST,
  perhapsThroughEndpoint,
  throughEndpoint,
  withSeveralValues,
} from "./condition-keys";
import { DECRYPTION, FORWARDED } from "./kms";
import { ownKeysOf, ownState } from "./own-keys";
import { OF_THE_ROLE } from "./principal";
import type { RoleCall } from "./role-call";

type RoleRow = KeyRow<RoleCall>;

const isOwnResource = ({ role, call }: RoleCall) => accountOf(call.resource) === accountOf(role.arn);

/** A key of the organization of the resource's account, which can be the role's own account. */
const ofOrganization = (call: RoleCall, name: string) =>
  perhaps(isOwnResource(call) ? name.replace(/resource/i, "Principal") : name);

/** Keys of a session, which ECS starts for a task, without MFA, tags or a source identity. */
const OF_THE_SESSION: readonly RoleRow[] = [
  global("tokenissuetime", ["TokenIssueTime"], () => known(new Date().toISOString())),
  global("multifactorauthpresent", ["MultiFactorAuthPresent"], () => known("false")),
  global("multifactorauthage", ["MultiFactorAuthAge"], absent),
  global("sourceidentity", ["SourceIdentity"], absent),
  global("federatedprovider", ["FederatedProvider"], absent),
  global("assumedroot", ["AssumedRoot"], absent),
  global("chatbotsourcearn", ["ChatbotSourceArn"], absent),
  global("ec2instancesourcevpc", ["Ec2InstanceSourceVpc", "Ec2InstanceSourcePrivateIPv4"], absent),
];

const FARGATE_PAGE = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html";
const ENDPOINT_KEYS = ["SourceVpc", "SourceVpce", "VpcSourceIp"];
const ENDPOINT_OWNER_KEYS = ["VpceAccount", "VpceOrgID", "SourceVpcArn"];

/** The registry login of a Fargate task uses a network interface of Fargate. */
const FARGATE_LOGIN: readonly RoleRow[] = [
  {
    keys: [...ENDPOINT_KEYS, ...ENDPOINT_OWNER_KEYS, "VpceOrgPaths"].map((key) => `aws:${key}`),
    state: absent,
    page: FARGATE_PAGE,
  },
  { keys: ["aws:SourceIp"], state: (_, name) => always(name), page: FARGATE_PAGE },
];

const OF_THE_NETWORK: readonly RoleRow[] = [
  global("sourceip", ["SourceIp"], notThroughEndpoint),
  global("sourcevpce", ENDPOINT_KEYS, throughEndpoint),
  global("vpceaccount", ENDPOINT_OWNER_KEYS, perhapsThroughEndpoint),
  global("vpceorgpaths", ["VpceOrgPaths"], (_, name) => withSeveralValues(perhapsThroughEndpoint(_, name))),
];

/** The ARN of a bucket names no account. */
const resourceAccount: RoleRow["state"] = ({ call }) =>
  accountOf(call.resource) ? known(accountOf(call.resource)) : always("aws:ResourceAccount");

const OF_THE_RESOURCE: readonly RoleRow[] = [
  global("resourceaccount", ["ResourceAccount"], resourceAccount),
  global("resourceorgid", ["ResourceOrgID"], ofOrganization),
  global("resourceorgpaths", ["ResourceOrgPaths"], (call, name) => withSeveralValues(ofOrganization(call, name))),
  {
    keys: ["s3:ResourceAccount"],
    state: resourceAccount,
    page: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html",
  },
];

const OF_A_DIRECT_CALL: readonly RoleRow[] = [
  global("viaawsservice", ["ViaAWSService"], () => known("false")),
  global("calledvia", ["CalledVia", "CalledViaFirst", "CalledViaLast"], absent),
  global("sourceaccount", ["SourceAccount", "SourceArn", "SourceOrgID", "SourceOrgPaths"], absent),
];

/** What is known about a call with a role. */
export async function requestOf(role: RoleCall["role"], call: RoleCall["call"], taskRegion: string): Promise<Request> {
  const { action, resource, pattern } = call;
  const [, , service, regionOfResource] = resource.split(":");
  // Nothing tells the Region of a bucket.
  const region = service === "s3" ? undefined : regionOfResource || taskRegion;
  const about: RoleCall = { role, call, region, own: await ownKeysOf(action, resource) };
  return {
    action,
    resource: pattern === undefined ? known(resource) : { ...always("the ARN"), like: pattern },
    key: (name) => stateOf(about, name),
  };
}

function stateOf(about: RoleCall, name: string): KeyState {
  const given = Object.entries(about.call.keys).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  if (given !== undefined) {
    return given.length > 0 ? known(...given) : ABSENT;
  }
  return inRows([...rowsOf(about), ...ROWS], about, name) ?? ownState(about.own, name);
}

/** The rows that only some calls have. */
function rowsOf({ call: { action, through, isFargate } }: RoleCall): readonly RoleRow[] {
  return [
    ...(through ? FORWARDED : []),
    ...(through && action.startsWith("kms:") ? DECRYPTION : []),
    ...(isFargate && action === "ecr:GetAuthorizationToken" ? FARGATE_LOGIN : []),
  ];
}

const ROWS: readonly RoleRow[] = [
  ...OF_THE_ROLE,
  ...OF_THE_SESSION,
  ...OF_THE_NETWORK,
  ...OF_THE_RESOURCE,
  ...OF_A_DIRECT_CALL,
  ...OF_EVERY_REQUEST,
];
