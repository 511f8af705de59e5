import { LIST_FIELD_NAMES, SWITCHES } from "../aws/access-fields";
import type { TaskLocation } from "../aws/container-grants";
import { DERIVED_FIELDS, DERIVED_KINDS } from "../aws/container-grants";
import { DEFAULT_MANAGED_POLICIES } from "../aws/managed-policies";
import { OTHER_POLICIES, type OtherPolicy, otherPolicy } from "../aws/other-policies";
import { NOTHING_NEEDED_SOURCE, PERMISSIONS } from "../aws/permissions";
import { ASSUME_ROLE_STATEMENT, TRUST_FIELDS } from "../aws/trust-fields";
import { ATTRIBUTES, INPUTS } from "../inputs/descriptions";
import { ROLE_ARGUMENTS } from "../inputs/role-arguments";
import { POLICY_TOO_LONG } from "../rules/access-rules";
import type { Rule, TerraformCheck } from "../rules/rule";
import { faultText } from "../rules/rule";
import { RULES } from "../rules/rules";
import { ACCESS_LOCAL } from "./access";
import { checkOf, noneOf, type Sources, shown } from "./checks";
import { valuesInTerraform } from "./containers";
import { containersIn, elementsIn } from "./definitions";
import { arnsLocal, derivedInTerraform } from "./grants";
import { snakeCase, withoutMark } from "./language";
import { sizePrecondition } from "./preconditions";
import { dynamicStatements } from "./statements";

const LOCATION: TaskLocation = {
  partition: "${data.aws_partition.current.partition}",
  region: "${local.region}",
  account: "${local.account}",
};

const ARN = "aws_iam_role.this.arn";

/** The role's name. Unlike `name`, it becomes unknown when the role is replaced, so its attachments are too. */
const ROLE_ID = "${aws_iam_role.this.id}";

/** The resources that grant permissions, which the role must have before others are removed. */
const GRANTING = [
  "aws_iam_role_policy_attachment.managed",
  "aws_iam_role_policy_attachment.access",
  "aws_iam_policy.access",
];

/** Each statement follows a comment with the AWS page that documents it. */
const ACCESS_STATEMENTS = dynamicStatements(LOCATION.partition).map((statement, at) => ({
  "//": PERMISSIONS[at]?.source ?? NOTHING_NEEDED_SOURCE,
  ...statement,
}));

/** Both branches must have the same type, and objects with different keys have different types, hence `tomap`. */
const MANAGED_POLICIES = `var.managed_policies != null ? var.managed_policies : tomap(var.access == null ? ${JSON.stringify(DEFAULT_MANAGED_POLICIES)} : {})`;

/**
 * The construct as a Terraform module, in Terraform's JSON syntax, which `npm run build` converts to HCL. It uses
 * nothing newer than Terraform 1.5.
 */
export function terraformModule() {
  return {
    terraform: {
      required_version: ">= 1.5",
      required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.72" } },
    },
    variable: Object.fromEntries(Object.keys(INPUTS).map((name) => [snakeCase(name), variable(name)])),
    locals: {
      // The partition comes from the role's ARN, which stays known. If `depends_on` on the module defers the data
      // source, its partition is known after apply, and an unknown policy ARN forces replacement of the attachment.
      // With `create_before_destroy`, the old attachment of the same policy is destroyed last, so the role would lose
      // the policy. The ARN of a mocked role has no partition.
      partition: '${try(regex("^arn:([^:]+):", aws_iam_role.this.arn)[0], data.aws_partition.current.partition)}',
      region: "${data.aws_region.current.id}",
      account: "${one(data.aws_caller_identity.current[*].account_id)}",
      // Which policies are attached is no secret, even if the input is marked as sensitive.
      managed_policies: `\${{ for key, policy in ${withoutMark(MANAGED_POLICIES)} : key => ${withoutMark("policy")} }}`,
      access: `\${${ACCESS_LOCAL}}`,
      elements: `\${${elementsIn(LOCALS.definitions)}}`,
      containers: `\${${containersIn(LOCALS.elements)}}`,
      ...Object.fromEntries(
        DERIVED_KINDS.map((kind) => [snakeCase(kind), `\${${valuesInTerraform(kind, "local.containers")}}`]),
      ),
      derived: Object.fromEntries(
        DERIVED_FIELDS.map((field) => [
          snakeCase(field),
          `\${${derivedInTerraform(field, (kind) => `local.${snakeCase(kind)}`, LOCATION)}}`,
        ]),
      ),
      arns: arnsLocal(),
      refused: refused(),
    },
    data: {
      aws_partition: { current: {} },
      aws_region: { current: {} },
      // Calls AWS, which only a role with `access` can need.
      aws_caller_identity: { current: { count: "${var.access == null ? 0 : 1}" } },
      aws_iam_policy_document: {
        assume_role_policy: { statement: [{ ...ASSUME_ROLE_STATEMENT, dynamic: { condition: trustConditions() } }] },
        access: {
          count: "${var.access == null ? 0 : 1}",
          dynamic: { statement: ACCESS_STATEMENTS },
        },
      },
    },
    resource: {
      aws_iam_role: {
        this: {
          assume_role_policy: "${data.aws_iam_policy_document.assume_role_policy.json}",
          ...Object.fromEntries(
            Object.entries(ROLE_ARGUMENTS).map(([prop, argument]) => [
              snakeCase(argument),
              `\${var.${snakeCase(prop)}}`,
            ]),
          ),
          lifecycle: { precondition: preconditions("aws_iam_role") },
        },
      },
      aws_iam_role_policy_attachment: {
        managed: {
          for_each: "${local.managed_policies}",
          role: ROLE_ID,
          policy_arn:
            '${startswith(each.value, "arn:") ? each.value : "arn:${local.partition}:iam::aws:policy/${each.value}"}',
        },
        access: {
          count: "${var.access == null ? 0 : 1}",
          role: ROLE_ID,
          policy_arn: "${aws_iam_policy.access[0].arn}",
        },
      },
      aws_iam_role_policy_attachments_exclusive: {
        this: {
          count: "${var.exclusive ? 1 : 0}",
          role_name: ROLE_ID,
          policy_arns:
            "${concat([for attachment in aws_iam_role_policy_attachment.managed : attachment.policy_arn], aws_iam_role_policy_attachment.access[*].policy_arn)}",
          depends_on: GRANTING,
        },
      },
      aws_iam_role_policies_exclusive: {
        this: {
          count: "${var.exclusive ? 1 : 0}",
          role_name: ROLE_ID,
          policy_names: [],
          depends_on: GRANTING,
        },
      },
      aws_iam_policy: {
        access: {
          count: "${var.access == null ? 0 : 1}",
          name: "${aws_iam_role.this.name}-access",
          path: "${var.path}",
          tags: "${var.tags}",
          policy: "${data.aws_iam_policy_document.access[0].json}",
          lifecycle: { precondition: [...preconditions("aws_iam_policy"), size()] },
        },
      },
    },
    output: {
      role_arn: {
        description: ATTRIBUTES.roleArn,
        value: "${aws_iam_role.this.arn}",
        depends_on: ["aws_iam_role_policy_attachment.managed", "aws_iam_role_policy_attachment.access"],
      },
      principal_arn: { description: ATTRIBUTES.principalArn, value: "${aws_iam_role.this.arn}" },
      role_name: { description: ATTRIBUTES.roleName, value: "${aws_iam_role.this.name}" },
      role_unique_id: { description: ATTRIBUTES.roleUniqueId, value: "${aws_iam_role.this.unique_id}" },
      policy_arns: {
        description: ATTRIBUTES.policyArns,
        value:
          '${merge({ for key, attachment in aws_iam_role_policy_attachment.managed : key => attachment.policy_arn }, { for attachment in aws_iam_role_policy_attachment.access : "access" => attachment.policy_arn })}',
      },
      ...Object.fromEntries(
        (Object.keys(OTHER_POLICIES) as OtherPolicy[]).map((name) => [
          snakeCase(name),
          {
            description: inTerraformsWords(ATTRIBUTES[name]),
            value: `\${jsonencode(${otherPolicy(name, ARN).replaceAll(`"${ARN}"`, ARN)})}`,
          },
        ]),
      ),
      assume_role_policy: {
        description: "Trust policy of the role, as JSON.",
        value: "${data.aws_iam_policy_document.assume_role_policy.json}",
      },
      access_policy: {
        description: "Access policy of the role, as JSON; null if access is not set.",
        value: "${one(data.aws_iam_policy_document.access[*].json)}",
      },
    },
  };
}

const TYPES: Readonly<Record<string, string>> = {
  string: "string",
  number: "number",
  boolean: "bool",
  "map of strings": "map(string)",
};

/**
 * The type of an input's variable. For an object it is `any`, because Terraform drops attributes that an object type
 * does not declare: with a misspelled field in `trust`, the trust policy would be broader than intended.
 */
function variableType(name: keyof typeof INPUTS): string {
  return TYPES[INPUTS[name].type] ?? "any";
}

/** The fields of an object, which its type does not show. */
function fieldsOf(input: keyof typeof INPUTS): string {
  const row = RULES.find((rule) => "onlyFields" in rule && rule.onlyFields === input);
  return row && "onlyFields" in row ? ` Its fields: ${row.fields.map(snakeCase).join(", ")}.` : "";
}

function variable(name: string) {
  const input = name as keyof typeof INPUTS;
  const { description, terraformDefault } = INPUTS[input];
  const validation = validations(snakeCase(name));
  return {
    description: inTerraformsWords(description) + fieldsOf(input),
    type: variableType(input),
    default: terraformDefault,
    nullable: terraformDefault === null,
    ...(validation.length > 0 && { validation }),
  };
}

/** Placeholder in a message for the value that Terraform got. */
const GOT = "\0";

/** Where the module finds the values of `access`. */
const LOCALS: Sources = {
  list: (field) => `local.access.${snakeCase(field)}`,
  definitions: "local.access.container_definitions",
  elements: "local.elements",
  containers: "local.containers",
};

/** The group and key in `local.refused` where a rule on the values of `access` lists the values that it rejects. */
function refusedBy(rule: Rule): readonly [group: string, name: string] | undefined {
  if ("each" in rule && "elements" in rule.each) {
    const [group, field = ""] = rule.each.elements.split(".");
    return group === "access" ? ["access", snakeCase(field) + ("never" in rule ? "_with_variables" : "")] : undefined;
  }
  const kind =
    "containers" in rule ? rule.containers : ["readable", "containersAtMost", "shapes"].find((one) => one in rule);
  return kind === undefined ? undefined : ["containers", snakeCase(kind)];
}

/** The values of `access` that the rules reject, by field and by kind of value in container definitions. */
function refused() {
  const groups: Record<string, Record<string, string>> = {};
  for (const rule of RULES) {
    const [group, name] = refusedBy(rule) ?? [];
    const check = checkOf(rule, LOCALS);
    if (group && name && check) {
      groups[group] = { ...groups[group], [name]: `\${${check.got}}` };
    }
  }
  return groups;
}

/**
 * The values of `access` are checked in preconditions on the policy, because a validation cannot refer to locals. They
 * are not on the policy document: Terraform defers reading a data source with preconditions until apply if a resource
 * that it refers to has a pending change.
 */
function checkOfModule(rule: Rule): TerraformCheck | undefined {
  const [group, name] = refusedBy(rule) ?? [];
  if (group === undefined) {
    const check = checkOf(rule, LOCALS);
    return check && "needs" in rule ? { ...check, precondition: "aws_iam_policy" } : check;
  }
  const input = "each" in rule ? { input: Object.values(rule.each).join() } : {};
  return { ...noneOf(`local.refused.${group}.${name}`), ...input, precondition: "aws_iam_policy" };
}

interface ModuleCheck extends TerraformCheck {
  /** The error message, before and after the value. */
  readonly words: readonly [before: string, after: string];
}

function moduleChecks(where: (check: TerraformCheck) => boolean): ModuleCheck[] {
  return RULES.flatMap((rule: Rule) => {
    const check = checkOfModule(rule);
    if (!check || !where(check)) {
      return [];
    }
    // Only the message is converted to snake case, because the condition contains container definition keys.
    const [before = "", after = ""] = inTerraformsWords(faultText(check.input, GOT, rule)).split(GOT);
    return [{ ...check, words: [before, after] }];
  });
}

function preconditions(of: TerraformCheck["precondition"]) {
  return moduleChecks(({ precondition }) => precondition === of).map(alone);
}

function alone({ condition, got, words: [before, after] }: ModuleCheck) {
  return { condition: `\${${condition}}`, error_message: `${before}\${${shown(got)}}${after}` };
}

/** Combines checks into one validation, whose error message includes the message of each check that fails. */
function together(checks: readonly ModuleCheck[]) {
  const messages = checks.map(({ condition, got, words: [before, after] }) => {
    const message = `join("", [${JSON.stringify(before)}, ${shown(got)}, ${JSON.stringify(after)}])`;
    return `(${condition}) ? "" : ${message}`;
  });
  return {
    condition: `\${alltrue([${checks.map(({ condition }) => condition).join(", ")}])}`,
    error_message: `\${join("\\n", compact([${messages.join(", ")}]))}`,
  };
}

/** The validations of a variable. Checks that read the same part of it share one validation. */
function validations(variable: string) {
  const checks = moduleChecks(
    ({ precondition, input }) => precondition === undefined && input.split(".")[0] === variable,
  );
  const group = (check: ModuleCheck) =>
    checks.filter((other) => other === check || (check.reads !== undefined && other.reads === check.reads));
  return checks
    .map(group)
    .filter(([first], at) => first === checks[at])
    .map((checks) => (checks[0] && checks.length === 1 ? alone(checks[0]) : together(checks)));
}

function size() {
  const { condition, errorMessage } = sizePrecondition("data.aws_iam_policy_document.access[0].json", POLICY_TOO_LONG);
  return { condition, error_message: errorMessage };
}

function trustConditions() {
  return Object.entries(TRUST_FIELDS).map(([field, { test, variable }]) => ({
    for_each: `\${${withoutMark(`[for values in [try(var.trust.${snakeCase(field)}, null)] : values if values != null]`)}}`,
    content: { test, variable, values: "${sort(distinct(condition.value))}" },
  }));
}

const NAMES = [
  ...Object.keys(INPUTS),
  ...LIST_FIELD_NAMES,
  ...SWITCHES,
  "containerDefinitions",
  ...Object.keys(TRUST_FIELDS),
  ...Object.keys(ATTRIBUTES),
].filter((name) => name !== snakeCase(name));

/** Converts the names of inputs and outputs in a text to those of the Terraform module. */
export function inTerraformsWords(text: string): string {
  return text.replace(new RegExp(`\\b(${NAMES.join("|")})\\b`, "g"), snakeCase);
}
