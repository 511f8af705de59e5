import { ECS_TASKS } from "../../../modules/ecs-task-execution-role/aws/trust-fields";
import { list, type PolicyJson, type StatementJson } from "./policy-json";

/**
 * Whether a trust policy lets ECS tasks assume the role, and whom else. Conditions (source account, source ARN) are
 * taken as met: they say for which tasks, not whether.
 */
export function whoMayAssume(assumeRolePolicy: string): { readonly ecsTasks: boolean; readonly others: string[] } {
  const { Statement } = JSON.parse(assumeRolePolicy) as PolicyJson;
  const principalsOf = (effect: string) =>
    list(Statement)
      .filter((statement) => statement.Effect === effect && isAboutAssuming(statement))
      .flatMap(principals);
  const allowed = principalsOf("Allow");
  const denied = principalsOf("Deny");
  return {
    ecsTasks: allowed.includes(ECS_TASKS) && !denied.includes(ECS_TASKS) && !denied.includes("*"),
    others: allowed.filter((principal) => principal !== ECS_TASKS),
  };
}

/** The statements by which ECS tasks may assume a role. */
export function ecsTasksStatements({ Statement }: PolicyJson): StatementJson[] {
  return list(Statement).filter((statement) => principals(statement).includes(ECS_TASKS));
}

function principals({ Principal, NotPrincipal }: StatementJson): string[] {
  const others = NotPrincipal === undefined ? [] : [`everyone except ${JSON.stringify(NotPrincipal)}`];
  return [...(typeof Principal === "object" ? Object.values(Principal).flat() : list(Principal)), ...others];
}

/** A statement with NotAction is about every action that it does not name. */
function isAboutAssuming({ Action, NotAction }: StatementJson): boolean {
  return NotAction !== undefined || list(Action).some(isAssumeRole);
}

const ASSUMING = ["sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity"];

/** Whether an action of a policy, with its wildcards, is one by which a role is assumed. */
function isAssumeRole(action: string): boolean {
  const pattern = action
    .toLowerCase()
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return ASSUMING.some((one) => new RegExp(`^${pattern}$`).test(one));
}
