import { ECS_TASKS } from "../../../modules/ecs-task-execution-role/aws/trust-fields";
import { list, type PolicyJson, type StatementJson } from "../../policy-json";

/**
 * Whether a trust policy allows ECS tasks to assume the role, and who else can. Conditions (source account, source ARN)
 * count as met: they restrict which tasks, not whether.
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

/** The statements that allow ECS tasks to assume a role. */
export function ecsTasksStatements({ Statement }: PolicyJson): StatementJson[] {
  return list(Statement).filter((statement) => principals(statement).includes(ECS_TASKS));
}

function principals({ Principal, NotPrincipal }: StatementJson): string[] {
  const others = NotPrincipal === undefined ? [] : [`everyone except ${JSON.stringify(NotPrincipal)}`];
  return [...(typeof Principal === "object" ? Object.values(Principal).flat() : list(Principal)), ...others];
}

/** A statement with NotAction covers every action that it does not list. */
function isAboutAssuming({ Action, NotAction }: StatementJson): boolean {
  return NotAction !== undefined || list(Action).some(isAssumeRole);
}

const ASSUMING = ["sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity"];

/** Whether an action in a policy, with its wildcards, matches an action that assumes a role. */
function isAssumeRole(action: string): boolean {
  const pattern = action
    .toLowerCase()
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return ASSUMING.some((one) => new RegExp(`^${pattern}$`).test(one));
}
