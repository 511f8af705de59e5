import { PERMISSIONS } from "../../modules/ecs-task-execution-role/aws/permissions";
import { STOPPED_REASONS } from "./stopped-reasons";

/** A denied call in AWS's error message. */
const DENIED = /not authorized to perform: ([\w-]+:\w+)(?: on (?:the )?resource: (?:with ARN )?(\S+?)[.,]?(?=\s|$))?/;

/** What a stopped reason means for the execution role; undefined if the reason is not about the role. */
export function explanationOf(reason: string): string | undefined {
  const [, action, resource] = reason.match(DENIED) ?? [];
  const known = STOPPED_REASONS.find(({ pattern }) => pattern.test(reason));
  const set = known?.set ?? (action && fieldsOf(action));
  if (!set) {
    return undefined;
  }
  return [
    ...(action ? [`Denied: ${action}${resource ? ` on ${resource}` : ""}`] : []),
    `Set in access: ${set.replaceAll("`", "")}`.replace("Set in access: use", "Use"),
  ].join("\n");
}

/** The fields of `access` that grant an action, for a reason that is not in the table. */
function fieldsOf(action: string): string | undefined {
  const granting = PERMISSIONS.filter(({ actions }) => actions.includes(action)).flatMap(
    ({ givenBy }) => givenBy[0] ?? [],
  );
  return granting.length > 0 ? [...new Set(granting)].join(" or ") : undefined;
}
