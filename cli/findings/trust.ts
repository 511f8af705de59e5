import { ECS_TASKS } from "../../modules/ecs-task-execution-role/aws/trust-fields";
import type { RoleWithPolicies } from "../account/policies";
import { accountOf } from "../arns";
import type { Task } from "../needs/task";
import { list } from "../verify/policies/policy-json";
import type { CheckedCall } from "./calls";
import { ofEveryCall } from "./evaluation/context";
import { evaluated } from "./evaluation/evaluated";
import { letsIn } from "./evaluation/simulate";

/** Condition keys that are missing when an AWS service assumes a role. */
const NOT_OF_A_SERVICE =
  /^(aws:(username|multifactorauth.*|principal(tag\/.*|org.*|arn|account)|sourceidentity)|sts:.*)$/i;

/** Whether Amazon ECS can assume the role for these tasks; returns a call only if it cannot, or if this is unknown. */
export async function checkTrust(role: RoleWithPolicies, tasks: readonly Task[]): Promise<CheckedCall[]> {
  const statements = { own: list(role.trust.Statement), boundary: [] };
  const results = await Promise.all(
    tasks.map(async ({ name, location: { partition, region, account } }) => {
      const keys = {
        ...ofEveryCall(region),
        "aws:SourceAccount": account,
        "aws:SourceArn": `arn:${partition}:ecs:${region}:${account}:task/cluster/0`,
        "aws:PrincipalIsAWSService": "true",
        "aws:PrincipalServiceName": ECS_TASKS,
      };
      const known = { keys, assumed: {}, absent: NOT_OF_A_SERVICE };
      return { name, ...(await evaluated(statements, known, (context) => letsIn(role, context))) };
    }),
  );
  const call = { action: "sts:AssumeRole", resource: role.arn, field: "trust" };
  const out = results.filter(({ allowed }) => !allowed);
  const perhaps = results.flatMap(({ onlyWith, ...one }) => (onlyWith ? [{ ...one, onlyWith }] : []));
  const why = "its trust policy does not allow ecs-tasks.amazonaws.com to assume it";
  return [
    ...(out.length > 0 ? [{ ...call, tasks: out.map(wholeTask), allowed: false, why }] : []),
    ...perhaps.map(({ onlyWith, ...one }) => ({ ...call, tasks: [wholeTask(one)], allowed: true, onlyWith })),
  ];
}

/** The denied call for a role that does not exist. */
export function noRole(arn: string, tasks: readonly Task[]): CheckedCall {
  return {
    action: "sts:AssumeRole",
    resource: arn,
    field: "roleName",
    tasks: tasks.map(wholeTask),
    allowed: false,
    why: `there is no such role in account ${accountOf(arn)}`,
  };
}

const wholeTask = ({ name }: { readonly name: string }) => ({ taskDefinition: name, container: "task" });
