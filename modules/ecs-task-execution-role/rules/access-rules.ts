import { ARN_FIELD_NAMES, ARN_FIELDS, type ArnFieldName, SWITCHES } from "../aws/arn-fields";
import { ATTACHMENTS_AT_MOST, POLICY_CHARACTERS_AT_MOST } from "../aws/limits";
import { snakeCase } from "../hcl/language";
import type { TaskExecutionAccess } from "../inputs/access";
import { policyDocumentSize } from "../synth/policy-size";
import { asList, isUnknown } from "../unknown";
import { CONTAINER_RULES } from "./container-rules";
import {
  elementsOf,
  entries,
  keysInTerraform,
  matches,
  matchesInTerraform,
  noOtherFields,
  type Rule,
  type Wording,
} from "./rule";

const FIELDS: readonly string[] = [...ARN_FIELD_NAMES, ...SWITCHES, "containerDefinitions"];

export const POLICY_TOO_LONG: Wording = {
  must: `give a policy of at most ${POLICY_CHARACTERS_AT_MOST} characters without white space`,
  fix: "name what belongs together by one ARN with a wildcard (secret:orders/*), or split the containers over two task definitions with a role each",
};

export function arnWording(field: ArnFieldName): Wording {
  const { what, form } = ARN_FIELDS[field];
  return { must: `be the ARN of ${what}`, fix: `write "${form}"` };
}

/** The path of the access policy is the role's; the role's may have more characters. */
const POLICY_PATH = /^(\/[A-Za-z0-9.,+@=_-]+)*\/$/;

/** The limits on `access`. */
export const ACCESS_RULES: readonly Rule[] = [
  noOtherFields("access", FIELDS, FIELDS.join(", ")),
  {
    must: "give something",
    fix: "name what the task must reach, or leave access out for the managed policies",
    offenders: ({ access }) =>
      access === undefined || Object.values(access).some((value) => value && asList(value).length > 0)
        ? []
        : [{ input: "access", got: access }],
    terraform: {
      input: "access",
      condition: `try(length(concat(${ARN_FIELD_NAMES.map(inTerraform).join(", ")})) > 0 || ${SWITCHES.map(inTerraform).join(" || ")} || var.access.container_definitions != null, true)`,
      got: "var.access",
    },
  },
  {
    must: "be true or false, and known at synth",
    fix: "write true or false",
    offenders: ({ access = {} }) =>
      SWITCHES.filter((field) => ![undefined, true, false].includes(access[field])).map((field) => ({
        input: `access.${field}`,
        got: access[field],
      })),
    terraform: { needless: "the variable has a type" },
  },
  ...CONTAINER_RULES,
  ...ARN_FIELD_NAMES.map((field) => elementsOf("access", field, ARN_FIELDS[field].pattern, arnWording(field))),
  {
    must: "come with the log groups to create",
    fix: "name them in logGroups, or hand over containerDefinitions",
    offenders: ({ access }) =>
      access?.createLogGroups && asList(access.logGroups).length === 0 && access.containerDefinitions === undefined
        ? [{ input: "access.createLogGroups", got: true }]
        : [],
    terraform: {
      input: "access.create_log_groups",
      condition: `try(!${inTerraform("createLogGroups")} || length(${inTerraform("logGroups")}) > 0 || var.access.container_definitions != null, true)`,
      // Terraform evaluates the message of a rule that holds, too.
      got: `try(${inTerraform("createLogGroups")}, null)`,
    },
  },
  {
    must: "be a path that IAM allows for policies too: A-Z a-z 0-9 . , + @ = _ - between single slashes",
    fix: 'write it like "/ecs/orders/"',
    offenders: ({ access, path }) =>
      access === undefined || path === undefined || isUnknown(path) || matches(POLICY_PATH, path)
        ? []
        : [{ input: "path", got: path }],
    terraform: {
      input: "path",
      condition: `var.path == null || ${matchesInTerraform(POLICY_PATH, "var.path")}`,
      got: "var.path",
      precondition: "aws_iam_policy",
    },
  },
  {
    must: `be fewer than ${ATTACHMENTS_AT_MOST} beside access, whose policy is attached too`,
    fix: "merge several policies into one of your own",
    offenders: ({ access, managedPolicies }) =>
      access !== undefined && entries(managedPolicies).length === ATTACHMENTS_AT_MOST
        ? [{ input: "managedPolicies", got: ATTACHMENTS_AT_MOST }]
        : [],
    terraform: {
      input: "managed_policies",
      condition: `length(${keysInTerraform("managedPolicies")}) < ${ATTACHMENTS_AT_MOST}`,
      got: `length(${keysInTerraform("managedPolicies")})`,
      precondition: "aws_iam_policy",
    },
  },
  {
    ...POLICY_TOO_LONG,
    offenders: ({ access }) => {
      const size = access === undefined ? 0 : policyDocumentSize(knownGood(access));
      return size > POLICY_CHARACTERS_AT_MOST ? [{ input: "access", shown: `a policy of ${size} characters` }] : [];
    },
    terraform: { needless: "sizePrecondition() holds it for both" },
  },
];

function inTerraform(field: string): string {
  return `var.access.${snakeCase(field)}`;
}

/** What is already known of an access, and right. */
function knownGood(access: TaskExecutionAccess): TaskExecutionAccess {
  const lists = ARN_FIELD_NAMES.map((field) => [
    field,
    asList(access[field]).filter((arn) => matches(ARN_FIELDS[field].pattern, arn)),
  ]);
  return { ...access, ...Object.fromEntries(lists) };
}
