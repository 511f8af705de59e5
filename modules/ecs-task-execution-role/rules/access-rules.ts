import { ARN_FIELD_NAMES, ARN_FIELDS, type ArnFieldName, SWITCHES } from "../aws/arn-fields";
import { ATTACHMENTS_AT_MOST, POLICY_CHARACTERS_AT_MOST } from "../aws/limits";
import { asList } from "../unknown";
import { type Rule, TRUE_OR_FALSE, type Wording } from "./rule";

const FIELDS: readonly string[] = [...ARN_FIELD_NAMES, ...SWITCHES, "containerDefinitions"];

export const POLICY_TOO_LONG: Wording = {
  must: `give a policy of at most ${POLICY_CHARACTERS_AT_MOST} characters without white space`,
  fix: "name what belongs together by one ARN with a wildcard (secret:orders/*), or split the containers over two task definitions with a role each",
};

export function arnWording(field: ArnFieldName): Wording {
  const { what, form } = ARN_FIELDS[field];
  return { must: `be the ARN of ${what}`, fix: `write "${form}"` };
}

/** The rules on `access`. */
export const ACCESS_RULES: readonly Rule[] = [
  {
    onlyFields: "access",
    fields: FIELDS,
    must: `have no other fields than ${FIELDS.join(", ")}`,
    fix: "correct the field's name",
  },
  {
    notEmpty: "access",
    must: "give something",
    fix: "name what the task must reach, or leave access out for the managed policies",
  },
  ...SWITCHES.map((field): Rule => ({ isSwitch: `access.${field}`, ...TRUE_OR_FALSE })),
  ...ARN_FIELD_NAMES.map(
    (field): Rule => ({
      each: { elements: `access.${field}` },
      format: { pattern: ARN_FIELDS[field].pattern },
      ...arnWording(field),
    }),
  ),
  {
    must: "come with the log groups to create",
    fix: "name them in logGroups, or pass containerDefinitions",
    offenders: ({ access }) =>
      access?.createLogGroups && asList(access.logGroups).length === 0 && access.containerDefinitions === undefined
        ? [{ input: "access.createLogGroups", got: true }]
        : [],
    terraform: {
      input: "access.create_log_groups",
      condition:
        "try(!var.access.create_log_groups || length(var.access.log_groups) > 0 || var.access.container_definitions != null, true)",
      // Terraform evaluates the message of a rule that holds, too.
      got: "try(var.access.create_log_groups, null)",
    },
  },
  {
    // The path of the access policy is the role's; the role's may have more characters.
    text: "path",
    onlyWith: "access",
    format: { pattern: /^(\/[A-Za-z0-9.,+@=_-]+)*\/$/ },
    must: "be a path that IAM allows for policies too: A-Z a-z 0-9 . , + @ = _ - between single slashes",
    fix: 'write it like "/ecs/orders/"',
  },
  {
    count: "managedPolicies",
    onlyWith: "access",
    atMost: ATTACHMENTS_AT_MOST - 1,
    must: `be fewer than ${ATTACHMENTS_AT_MOST} beside access, whose policy is attached too`,
    fix: "merge several policies into one of your own",
  },
  { policyCharacters: POLICY_CHARACTERS_AT_MOST, ...POLICY_TOO_LONG },
];
