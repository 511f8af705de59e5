import { LIST_FIELD_NAMES, LIST_FIELDS, type ListField, type ListFieldName, SWITCHES } from "../aws/access-fields";
import { ATTACHMENTS_AT_MOST, POLICY_CHARACTERS_AT_MOST } from "../aws/limits";
import { type AccessField, type Rule, TRUE_OR_FALSE, type Wording } from "./rule";

const FIELDS: readonly AccessField[] = [...LIST_FIELD_NAMES, ...SWITCHES, "containerDefinitions"];

/** These fields only restrict what other fields grant. */
const RESTRICTING: readonly AccessField[] = ["vpcEndpoints", "bucketOwners"];

const GRANTING = FIELDS.filter((field) => !RESTRICTING.includes(field));

export const POLICY_TOO_LONG: Wording = {
  must: `produce a policy of at most ${POLICY_CHARACTERS_AT_MOST} characters, not counting whitespace`,
  fix: "replace ARNs that share a prefix with one wildcard ARN (secret:orders/*), or split the containers into two task definitions, each with its own role",
};

export function listWording(field: ListFieldName): Wording {
  const { must, form } = LIST_FIELDS[field];
  return { must, fix: `write "${form}"` };
}

/** The rules on `access`. */
export const ACCESS_RULES: readonly Rule[] = [
  {
    onlyFields: "access",
    fields: FIELDS,
    must: "have only the fields that its documentation lists",
    fix: "correct the field's name, such as secrets or containerDefinitions",
  },
  {
    oneOf: GRANTING,
    must: "set at least one field that grants something",
    fix: "pass the task's containerDefinitions, or list the resources that ECS must access",
  },
  ...SWITCHES.map((field): Rule => ({ isSwitch: `access.${field}`, ...TRUE_OR_FALSE })),
  ...LIST_FIELD_NAMES.flatMap((field): Rule[] => {
    const { pattern, never }: ListField = LIST_FIELDS[field];
    const each = { elements: `access.${field}` } as const;
    return [
      { each, format: { pattern }, ...listWording(field) },
      ...(never ? [{ each, never: never.pattern, must: never.must, fix: never.fix }] : []),
    ];
  }),
  {
    switch: "createLogGroups",
    needs: ["logGroups", "containerDefinitions"],
    must: "be set together with the log groups to create",
    fix: "list them in logGroups, or pass containerDefinitions",
  },
  {
    // The access policy has the role's path, but IAM allows more characters in the path of a role.
    text: "path",
    onlyWith: "access",
    format: { pattern: /^(\/[A-Za-z0-9.,+@=_-]+)*\/$/ },
    must: "be a path that IAM also allows for policies: A-Z a-z 0-9 . , + @ = _ - between single slashes",
    fix: 'use a path such as "/ecs/orders/"',
  },
  {
    count: "managedPolicies",
    onlyWith: "access",
    atMost: ATTACHMENTS_AT_MOST - 1,
    must: `be fewer than ${ATTACHMENTS_AT_MOST} when access is set, because the access policy is attached too`,
    fix: "merge several policies into one customer managed policy",
  },
  { policyCharacters: POLICY_CHARACTERS_AT_MOST, ...POLICY_TOO_LONG },
];
