import type { TaskLocation } from "../../../modules/ecs-task-execution-role/aws/container-grants";
import { ECS_TASKS } from "../../../modules/ecs-task-execution-role/aws/trust-fields";
import { accountOf } from "../../arns";
import { ABSENT, always, known, perhaps, type Request } from "../evaluation/request";
import {
  absent,
  global,
  inRows,
  isAlwaysThere,
  isPerhapsThere,
  type KeyRow,
  notThroughEndpoint,
  OF_EVERY_REQUEST,
  type Principal,
  tag,
  throughEndpoint,
  withSeveralValues,
} from "./condition-keys";

interface AssumeRole {
  readonly role: Principal;
  readonly location: TaskLocation;
}

const STS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html";

/** Keys of `sts:AssumeRole` by the service principal of ECS, for a task. */
const ROWS: readonly KeyRow<AssumeRole & { readonly region: string }>[] = [
  global("sourceaccount", ["SourceAccount"], ({ location }) => known(location.account)),
  // The ARN of the task, whose cluster and ID are unknown.
  global("sourcearn", ["SourceArn"], ({ location: { partition, region, account } }, name) => ({
    ...always(name),
    like: `arn:${partition}:ecs:${region}:${account}:task/*`,
  })),
  global("sourceorgid", ["SourceOrgID"], isPerhapsThere),
  global("sourceorgpaths", ["SourceOrgPaths"], (_, name) => withSeveralValues(perhaps(name))),
  global("principalisawsservice", ["PrincipalIsAWSService"], () => known("true")),
  global("principalservicename", ["PrincipalServiceName"], () => known(ECS_TASKS)),
  global("principalservicenameslist", ["PrincipalServiceNamesList"], () => withSeveralValues(known(ECS_TASKS))),
  // A service is no IAM principal, and in no organization.
  global("principalarn", ["PrincipalArn", "PrincipalOrgID", "PrincipalOrgPaths", "PrincipalTag/", "username"], absent),
  global("principalaccount", ["PrincipalAccount", "PrincipalType", "userid"], isAlwaysThere),
  global("tokenissuetime", ["TokenIssueTime", "MultiFactorAuthAge", "MultiFactorAuthPresent"], absent),
  global("sourceidentity", ["SourceIdentity", "FederatedProvider", "AssumedRoot", "ChatbotSourceArn"], absent),
  global("ec2instancesourcevpc", ["Ec2InstanceSourceVpc", "Ec2InstanceSourcePrivateIPv4"], absent),
  global("viaawsservice", ["ViaAWSService"], () => known("false")),
  global("calledvia", ["CalledVia", "CalledViaFirst", "CalledViaLast"], absent),
  global("sourceip", ["SourceIp"], notThroughEndpoint),
  global("sourcevpce", ["SourceVpc", "SourceVpce", "VpcSourceIp"], throughEndpoint),
  global("resourceaccount", ["ResourceAccount"], ({ role }) => known(accountOf(role.arn))),
  global("resourcetag", ["ResourceTag/"], tag),
  { keys: ["iam:ResourceTag/"], state: tag, page: STS },
  { keys: ["sts:RoleSessionName"], state: isAlwaysThere, page: `${STS}#ck_rolesessionname` },
  ...OF_EVERY_REQUEST,
];

/** What is known about the call with which ECS assumes a role for a task. */
export function assumeRole(role: AssumeRole["role"], location: TaskLocation): Request {
  const about = { role, location, region: location.region };
  return {
    action: "sts:AssumeRole",
    resource: known(role.arn),
    // Other keys of STS and of identity providers are those of other callers.
    key: (name) => inRows(ROWS, about, name) ?? (/^aws:/i.test(name) ? perhaps(name) : ABSENT),
  };
}
