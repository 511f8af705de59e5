import { isObject } from "../../modules/ecs-task-execution-role/unknown";
import { CouldNotCheck } from "../could-not-check";
import { isComparable, operatorNamed } from "../evaluation/operators/operators";
import { principalViolation, resourceViolation } from "./policy-elements";

/** The kinds of documents: a trust policy, or a policy of a role. */
export type PolicyKind = "trust" | "identity";

type Json = Readonly<Record<string, unknown>>;

/** @returns what IAM refuses in a statement; undefined if there is nothing. */
type Rule = (statement: Json) => string | undefined;

const VERSIONS: readonly unknown[] = [undefined, "2008-10-17", "2012-10-17"];
const ELEMENTS = ["Version", "Id", "Statement"];
const STATEMENT_ELEMENTS = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];

function firstOf<T>(values: readonly T[], violation: (value: T) => string | undefined): string | undefined {
  return values.map(violation).find((found) => found !== undefined);
}

/** The first value that a list has twice. */
const repeated = <T>(values: readonly T[]) => values.find((value, at) => values.indexOf(value) !== at);

/** The violation of a text in an element that takes one or several, or of its shape. */
const inTexts =
  (name: string, violation: (text: string) => string | undefined): Rule =>
  ({ [name]: value }) => {
    const texts = [value].flat();
    const areTexts = texts.length > 0 && texts.every((one) => typeof one === "string");
    const found = areTexts ? firstOf(texts, violation) : `${name} is not a string or a list of strings`;
    return value === undefined ? undefined : found;
  };

const hasOne =
  (one: string, other: string): Rule =>
  (statement) =>
    one in statement === other in statement ? `it must have ${one} or ${other}` : undefined;

const prohibits =
  (...names: readonly string[]): Rule =>
  (statement) => {
    const found = names.find((name) => name in statement);
    return found && `it must not have ${found}`;
  };

const hasKnownElements: Rule = (statement) => {
  const unknown = Object.keys(statement).find((name) => !STATEMENT_ELEMENTS.includes(name));
  return unknown === undefined ? undefined : `IAM has no element ${unknown}`;
};

const hasEffect: Rule = ({ Effect }) =>
  Effect === "Allow" || Effect === "Deny" ? undefined : "Effect is not Allow or Deny";

const hasSid: Rule = ({ Sid }) => (Sid === undefined || typeof Sid === "string" ? undefined : "Sid is not a string");

const hasAlphanumericSid: Rule = ({ Sid }) =>
  /^[A-Za-z0-9]*$/.test(String(Sid ?? "")) ? undefined : `Sid ${Sid} has characters other than A-Z, a-z and 0-9`;

const ACTION_RULES: readonly Rule[] = [
  hasOne("Action", "NotAction"),
  inTexts("Action", actionViolation),
  inTexts("NotAction", actionViolation),
];

const hasCondition: Rule = ({ Condition }) => (Condition === undefined ? undefined : conditionViolation(Condition));

/**
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
const STATEMENT_RULES: Readonly<Record<PolicyKind, readonly Rule[]>> = {
  identity: [
    hasKnownElements,
    hasEffect,
    hasSid,
    hasAlphanumericSid,
    ...ACTION_RULES,
    prohibits("Principal", "NotPrincipal"),
    hasOne("Resource", "NotResource"),
    inTexts("Resource", resourceViolation),
    inTexts("NotResource", resourceViolation),
    hasCondition,
  ],
  trust: [
    hasKnownElements,
    hasEffect,
    hasSid,
    ...ACTION_RULES,
    prohibits("Resource", "NotResource", "NotPrincipal"),
    ({ Principal }) => principalViolation(Principal),
    hasCondition,
  ],
};

/** An action is `*`, or a service and a name. */
function actionViolation(action: string): string | undefined {
  return /^(\*|(\*|[A-Za-z0-9.-]+):[^:]+)$/.test(action) ? undefined : `${action} is not an action`;
}

function conditionViolation(conditions: unknown): string | undefined {
  return isObject(conditions)
    ? firstOf(Object.entries(conditions), ([operator, keys]) => operatorViolation(operator, keys))
    : "Condition is not an object";
}

function operatorViolation(name: string, keys: unknown): string | undefined {
  const operator = operatorNamed(name);
  if (!operator || !isObject(keys)) {
    return operator ? `${name} is not an object` : `there is no condition operator ${name}`;
  }
  const twice = repeated(Object.keys(keys).map((key) => key.toLowerCase()));
  if (twice !== undefined) {
    return `${name} has ${twice} twice`;
  }
  return firstOf(Object.entries(keys), ([key, value]) => {
    const values = [value].flat();
    const isValue = (one: unknown) => ["string", "number", "boolean"].includes(typeof one);
    if (!key.includes(":") || values.length === 0 || !values.every(isValue)) {
      return key.includes(":")
        ? `${key} has no value, or a value that is not a string`
        : `${key} is not a condition key`;
    }
    const wrong = values.find((one) => !isComparable(operator, String(one)));
    return wrong === undefined ? undefined : `${name} cannot compare ${key} with ${wrong}`;
  });
}

/**
 * Checks that IAM would take a document.
 *
 * @param name of the policy.
 * @throws CouldNotCheck with the policy, the statement and the reason.
 */
export function validatePolicy(document: unknown, name: string, kind: PolicyKind): void {
  const violation = documentViolation(document, kind);
  if (violation !== undefined) {
    throw new CouldNotCheck(`IAM refuses ${name}${violation}`);
  }
}

function documentViolation(document: unknown, kind: PolicyKind): string | undefined {
  if (!isObject(document)) {
    return ": it is not an object";
  }
  const unknown = Object.keys(document).find((one) => !ELEMENTS.includes(one));
  if (unknown !== undefined || !VERSIONS.includes(document.Version)) {
    return unknown === undefined
      ? `: IAM has no Version ${JSON.stringify(document.Version)}`
      : `: IAM has no element ${unknown}`;
  }
  const statements = [document.Statement].flat();
  if (statements.length === 0 || document.Statement === undefined) {
    return ": it has no statement";
  }
  return (
    firstOf([...statements.entries()], ([at, statement]) => {
      const reason = isObject(statement)
        ? firstOf(STATEMENT_RULES[kind], (violation) => violation(statement))
        : "it is not an object";
      const sid = isObject(statement) && typeof statement.Sid === "string" ? statement.Sid : "";
      return reason && `, ${sid || `statement ${at + 1}`}: ${reason}`;
    }) ?? sidTwice(statements as Json[])
  );
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html */
function sidTwice(statements: readonly Json[]): string | undefined {
  const twice = repeated(statements.map(({ Sid }) => Sid).filter(Boolean));
  return twice === undefined ? undefined : `, ${twice}: two statements have this Sid`;
}
