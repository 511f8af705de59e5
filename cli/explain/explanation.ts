import { LIST_FIELDS } from "../../modules/ecs-task-execution-role/aws/access-fields";
import { DERIVED_FIELDS } from "../../modules/ecs-task-execution-role/aws/container-grants";
import { PERMISSIONS } from "../../modules/ecs-task-execution-role/aws/permissions";
import { snakeCase } from "../../modules/ecs-task-execution-role/hcl/language";
import { OTHER_CAUSES } from "./other-causes";
import { STOPPED_REASONS } from "./stopped-reasons";

/** A denied call in AWS's error message. */
const DENIED = /not authorized to perform: ([\w-]+:\w+)(?: on (?:the )?resource: (?:with ARN )?(\S+?)[.,]?(?=\s|$))?/;
const ROLE = /:assumed-role\/([^/\s]+)\//;

/** What a stopped reason means for the execution role; undefined if the reason is not known. */
export function explanationOf(reason: string): string | undefined {
  const [, action = "", resource = ""] = reason.match(DENIED) ?? [];
  const [, role] = reason.match(ROLE) ?? [];
  const denied = action ? [`Denied: ${action}${resource && ` on ${resource}`}${role ? ` for role ${role}` : ""}`] : [];
  const other = OTHER_CAUSES.find(({ pattern }) => pattern.test(reason));
  if (other) {
    return [...denied, plain(other.fix)].join("\n");
  }
  const set = STOPPED_REASONS.find(({ pattern }) => pattern.test(reason))?.set ?? fieldsGranting(action).join(" or ");
  return set === ""
    ? undefined
    : [
        ...denied,
        plain(`Set in access: ${set}`).replace("Set in access: use", "Use"),
        ...toPaste(action, resource),
      ].join("\n");
}

/** Without the marks of Markdown. */
function plain(text: string): string {
  return text.replaceAll("`", "");
}

/** The fields of `access` that grant an action. */
function fieldsGranting(action: string): string[] {
  const granting = PERMISSIONS.filter(({ actions }) => actions.includes(action));
  return [...new Set(granting.flatMap(({ givenBy }) => givenBy[0] ?? []))];
}

/** `guardDutyAgent` grants it, without an ARN. */
const AGENT = /aws-guardduty-agent/;

/** The field with the resource, in both languages, and the statement for a role that was not created by this module. */
function toPaste(action: string, resource: string): string[] {
  const [field = "", ...others] = fieldsGranting(action).filter((one) => one in LIST_FIELDS);
  if (field === "" || others.length > 0 || !resource.startsWith("arn:") || AGENT.test(resource)) {
    return [];
  }
  const arn = resource.replace(/:log-stream:.*$/, "");
  const isDerived = DERIVED_FIELDS.some((one) => one === field);
  return [
    `  Terraform:  access = { ${snakeCase(field)} = ["${arn}"] }`,
    `  TypeScript: access: { ${field}: ["${arn}"] }`,
    isDerived
      ? "If access contains container definitions, correct them instead."
      : "If access contains container definitions, add this field next to them: they do not show it.",
    "For a role that was not created by this module, add this statement to one of its policies:",
    `  ${JSON.stringify({ Effect: "Allow", Action: action, Resource: resource, ...conditionOf(action) })}`,
  ];
}

/** The condition that the module adds to an action, if it does not depend on other fields. */
function conditionOf(action: string): object {
  const { condition } = PERMISSIONS.find(({ actions }) => actions.includes(action)) ?? {};
  return condition?.values && !condition.from
    ? { Condition: { [condition.test]: { [condition.variable]: condition.values } } }
    : {};
}
