import { LIST_FIELD_NAMES, LIST_FIELDS, SWITCHES } from "../permissions/access-fields";
import { ACCESS_FACTS, camelCase, format, ROLE_FACTS, type Wording, wording } from "../permissions/facts";
import { type AccessField, type Rule, TRUE_OR_FALSE } from "./rule";

const { rules } = ACCESS_FACTS;

const FIELDS: readonly AccessField[] = [...LIST_FIELD_NAMES, ...SWITCHES, "containerDefinitions"];

const RESTRICTING = ACCESS_FACTS.restricting.map(camelCase);

const isRestricting = (field: AccessField) => RESTRICTING.includes(field);

export const POLICY_TOO_LONG: Wording = wording(ROLE_FACTS.role.access_policy);

/** The rules on `access`. */
export const ACCESS_RULES: readonly Rule[] = [
  { kind: "fields", prop: "access", fields: FIELDS, ...wording(rules.fields) },
  {
    kind: "oneOf",
    fields: FIELDS.filter((field) => !isRestricting(field)),
    restricting: FIELDS.filter(isRestricting),
    ...wording(rules.granting),
  },
  ...SWITCHES.map((field): Rule => ({ kind: "switch", input: `access.${field}`, ...TRUE_OR_FALSE })),
  ...LIST_FIELD_NAMES.map((field): Rule => {
    const { must, fix } = LIST_FIELDS[field];
    return { kind: "each", of: "elements", input: `access.${field}`, format: LIST_FIELDS[field], must, fix };
  }),
  {
    kind: "needs",
    switch: "createLogGroups",
    needs: ["logGroups", "containerDefinitions"],
    ...wording(rules.create_log_groups),
  },
  // The access policy has the role's path, but IAM allows more characters in the path of a role.
  {
    kind: "text",
    prop: "path",
    onlyWith: "access",
    format: format(ROLE_FACTS.role.path_of_policies),
    ...wording(ROLE_FACTS.role.path_of_policies),
  },
  {
    kind: "count",
    prop: "managedPolicies",
    onlyWith: "access",
    atMost: ROLE_FACTS.managed_policies.count_with_access.at_most,
    ...wording(ROLE_FACTS.managed_policies.count_with_access),
  },
  { kind: "policy", atMost: ROLE_FACTS.role.access_policy.at_most, ...POLICY_TOO_LONG },
];
