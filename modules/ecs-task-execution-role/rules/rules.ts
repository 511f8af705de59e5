import { PROP_NAMES } from "../inputs/role-arguments";
import { format, ROLE_FACTS, wording } from "../permissions/facts";
import { isUnknown } from "../unknown";
import { ACCESS_RULES } from "./access-rules";
import { CONTAINER_RULES } from "./container-rules";
import { MANAGED_POLICY_RULES } from "./managed-policy-rules";
import { type Rule, type TextRow, TRUE_OR_FALSE } from "./rule";
import { TAG_RULES } from "./tag-rules";
import { TRUST_RULES } from "./trust-rules";

const { role: facts } = ROLE_FACTS;

const text = (prop: TextRow["prop"], row: Parameters<typeof format>[0]): Rule => ({
  kind: "text",
  prop,
  format: format(row),
  ...wording(row),
});

/**
 * Every rule on the inputs.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
export const RULES: readonly Rule[] = [
  { kind: "props", props: PROP_NAMES, must: `be one of ${PROP_NAMES.join(", ")}`, fix: "correct the prop's name" },
  text("roleName", facts.role_name),
  text("roleNamePrefix", facts.role_name_prefix),
  {
    kind: "custom",
    ...wording(facts.one_name),
    violations: ({ roleName, roleNamePrefix }) =>
      [roleName, roleNamePrefix].some((name) => name === undefined || isUnknown(name))
        ? []
        : [{ input: "roleName", got: roleName }],
  },
  text("path", facts.path),
  text("description", facts.description),
  {
    kind: "number",
    prop: "maxSessionDuration",
    from: facts.max_session_duration.from,
    to: facts.max_session_duration.at_most,
    ...wording(facts.max_session_duration),
  },
  text("permissionsBoundary", facts.permissions_boundary),
  { kind: "switch", input: "exclusive", ...TRUE_OR_FALSE },
  ...TAG_RULES,
  ...MANAGED_POLICY_RULES,
  ...ACCESS_RULES,
  ...CONTAINER_RULES,
  ...TRUST_RULES,
];
