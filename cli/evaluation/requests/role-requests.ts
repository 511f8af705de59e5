import { accountOf } from "../../arns";
import { ABSENT, always, type KeyState, known, perhaps, type Request } from "../request";
import {
  absent,
  ENDPOINT_KEYS,
  global,
  inRows,
  type KeyRow,
  OF_EVERY_REQUEST,
  OF_THE_ROLE,
  perhapsThroughEndpoint,
  type RoleCall,
  withSeveralValues,
} from "./condition-keys";
import { DECRYPTION, FORWARDED } from "./kms";
import { type OwnKey, ownKeysOf, ownState } from "./own-keys";

type RoleRow = KeyRow<RoleCall>;

const isOwnResource = ({ role, call }: RoleCall) => accountOf(call.resource) === accountOf(role.arn);

/** A key of the organization of the resource's account, which can be the role's own account. */
const ofOrganization = (name: string, call: RoleCall) =>
  perhaps(isOwnResource(call) ? name.replace(/resource/i, "Principal") : name);

/** Keys of a session, which ECS starts for a task without MFA. Only a service that calls for a resource names the source. */
const OF_THE_SESSION: readonly RoleRow[] = [
  global(["TokenIssueTime"], () => known(new Date().toISOString())),
  global(["MultiFactorAuthPresent"], () => known("false")),
  global(["SourceAccount", "SourceArn", "SourceOrgID", "SourceOrgPaths"], absent),
];

const ENDPOINT_OWNER_KEYS = ["VpceAccount", "VpceOrgID", "SourceVpcArn"];

/**
 * The registry login of a Fargate task uses a network interface of Fargate.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
const FARGATE_LOGIN: readonly RoleRow[] = [
  global([...ENDPOINT_KEYS, ...ENDPOINT_OWNER_KEYS, "VpceOrgPaths"], absent),
  global(["SourceIp"], always),
];

const OF_THE_ENDPOINT: readonly RoleRow[] = [
  global(ENDPOINT_OWNER_KEYS, perhapsThroughEndpoint),
  global(["VpceOrgPaths"], (name) => withSeveralValues(perhapsThroughEndpoint(name))),
];

const isInBucket = ({ resource }: RoleCall["call"]) => resource.split(":")[2] === "s3";

/** The ARN of a bucket names no account, and a call without a resource may have none. */
const resourceAccount: RoleRow["state"] = (_, { call }) => {
  const [account, state] = [accountOf(call.resource), isInBucket(call) ? always : perhaps];
  return account ? known(account) : state("aws:ResourceAccount");
};

const OF_THE_RESOURCE: readonly RoleRow[] = [
  global(["ResourceAccount"], resourceAccount),
  { keys: ["s3:ResourceAccount"], state: (_, { call }) => (isInBucket(call) ? always("aws:ResourceAccount") : ABSENT) },
  global(["ResourceOrgID"], ofOrganization),
  global(["ResourceOrgPaths"], (name, call) => withSeveralValues(ofOrganization(name, call))),
];

/** What is known about a call with a role. */
export async function requestOf(role: RoleCall["role"], call: RoleCall["call"], taskRegion: string): Promise<Request> {
  const { action, resource, pattern } = call;
  const [, , service, regionOfResource] = resource.split(":");
  // Nothing tells the Region of a bucket.
  const region = service === "s3" ? undefined : regionOfResource || taskRegion;
  const own = await ownKeysOf(action, resource);
  return {
    action,
    resource: pattern === undefined ? known(resource) : { ...always("the ARN"), like: pattern },
    key: (name) => stateOf({ role, call, region }, own, name),
  };
}

function stateOf(about: RoleCall, own: readonly OwnKey[], name: string): KeyState {
  const given = Object.entries(about.call.keys).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  if (given !== undefined) {
    return given.length > 0 ? known(...given) : ABSENT;
  }
  return inRows([...rowsOf(about), ...ROWS], about, name) ?? ownState(own, name);
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
  ...OF_THE_ENDPOINT,
  ...OF_THE_RESOURCE,
  ...OF_EVERY_REQUEST,
];
