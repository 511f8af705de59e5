import type { TaskLocation } from "../../../modules/ecs-task-execution-role/permissions/container-grants";
import { ECS_TASKS } from "../../../modules/ecs-task-execution-role/permissions/trust-fields";
import { accountOf } from "../../arns";
import { ABSENT, always, known, perhaps, type Request } from "../request";
import {
  absent,
  global,
  inRows,
  type KeyRow,
  OF_EVERY_REQUEST,
  type Principal,
  tag,
  withSeveralValues,
} from "./condition-keys";

interface AssumeRole {
  readonly role: Principal;
  readonly location: TaskLocation;
}

/**
 * Keys of `sts:AssumeRole` by the service principal of ECS, for a task.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
const ROWS: readonly KeyRow<AssumeRole & { readonly region: string }>[] = [
  global(["SourceAccount"], (_, { location }) => known(location.account)),
  // The ARN of the task, whose cluster and ID are unknown.
  global(["SourceArn"], (name, { location: { partition, region, account } }) => ({
    ...always(name),
    like: `arn:${partition}:ecs:${region}:${account}:task/*`,
  })),
  global(["SourceOrgID"], perhaps),
  global(["SourceOrgPaths"], (name) => withSeveralValues(perhaps(name))),
  global(["PrincipalIsAWSService"], () => known("true")),
  global(["PrincipalServiceName"], () => known(ECS_TASKS)),
  global(["PrincipalServiceNamesList"], () => withSeveralValues(known(ECS_TASKS))),
  // A service is no IAM principal, and in no organization.
  global(["PrincipalArn", "PrincipalOrgID", "PrincipalOrgPaths", "PrincipalTag/", "username"], absent),
  global(["PrincipalAccount", "PrincipalType", "userid"], always),
  global(["TokenIssueTime", "MultiFactorAuthPresent"], absent),
  global(["ResourceAccount"], (_, { role }) => known(accountOf(role.arn))),
  { keys: ["aws:ResourceTag/", "iam:ResourceTag/"], state: tag },
  { keys: ["sts:RoleSessionName"], state: always },
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
