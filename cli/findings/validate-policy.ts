import { CouldNotCheck } from "../could-not-check";
import { isComparable, operatorNamed } from "./operators/operators";
import { principalViolation, resourceViolation } from "./policy-elements";

/** The kinds of documents: a trust policy, or a policy of a role. */
export type PolicyKind = "trust" | "identity";

type Json = Readonly<Record<string, unknown>>;

/** A reason for which IAM refuses a statement. */
interface Rule {
  readonly only?: PolicyKind;
  /** @returns what IAM refuses, if there is something. */
  readonly violation: (statement: Json) => string | undefined;
}

const VERSIONS: readonly unknown[] = [undefined, "2008-10-17", "2012-10-17"];
const ELEMENTS = ["Version", "Id", "Statement"];
const STATEMENT_ELEMENTS = [
  ...["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"],
];

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The texts of an element that takes one or several; undefined if it has another shape. */
function textsOf(value: unknown): readonly string[] | undefined {
  const texts = [value].flat();
  return texts.length > 0 && texts.every((one) => typeof one === "string") ? (texts as string[]) : undefined;
}

/** The violation of a text in an element, or of its shape. */
const inTexts = (name: string, violation: (text: string) => string | undefined) => (statement: Json) => {
  const texts = textsOf(statement[name]);
  return statement[name] === undefined
    ? undefined
    : texts
      ? firstOf(texts, violation)
      : `${name} is not a string or a list of strings`;
};

function firstOf<T>(values: readonly T[], violation: (value: T) => string | undefined): string | undefined {
  return values.map(violation).find((found) => found !== undefined);
}

const hasOne = (one: string, other: string) => (statement: Json) =>
  one in statement === other in statement ? `it must have ${one} or ${other}` : undefined;

const prohibits = (names: readonly string[]) => (statement: Json) => {
  const found = names.find((name) => name in statement);
  return found && `it must not have ${found}`;
};

/**
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
const STATEMENT_RULES: readonly Rule[] = [
  {
    violation: (statement) => {
      const unknown = Object.keys(statement).find((name) => !STATEMENT_ELEMENTS.includes(name));
      return unknown === undefined ? undefined : `IAM has no element ${unknown}`;
    },
  },
  {
    violation: ({ Effect }) => (Effect === "Allow" || Effect === "Deny" ? undefined : "Effect is not Allow or Deny"),
  },
  {
    violation: ({ Sid }) => (Sid === undefined || typeof Sid === "string" ? undefined : "Sid is not a string"),
  },
  {
    only: "identity",
    violation: ({ Sid }) =>
      /^[A-Za-z0-9]*$/.test(String(Sid ?? "")) ? undefined : `Sid ${Sid} has characters other than A-Z, a-z and 0-9`,
  },
  { violation: hasOne("Action", "NotAction") },
  { violation: inTexts("Action", actionViolation) },
  { violation: inTexts("NotAction", actionViolation) },
  { only: "identity", violation: prohibits(["Principal", "NotPrincipal"]) },
  { only: "identity", violation: hasOne("Resource", "NotResource") },
  { only: "identity", violation: inTexts("Resource", resourceViolation) },
  { only: "identity", violation: inTexts("NotResource", resourceViolation) },
  { only: "trust", violation: prohibits(["Resource", "NotResource"]) },
  { only: "trust", violation: prohibits(["NotPrincipal"]) },
  { only: "trust", violation: ({ Principal }) => principalViolation(Principal) },
  {
    violation: ({ Condition }) => (Condition === undefined ? undefined : conditionViolation(Condition)),
  },
];

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
  const names = Object.keys(keys).map((key) => key.toLowerCase());
  const twice = names.find((key, at) => names.indexOf(key) !== at);
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
        ? firstOf(STATEMENT_RULES, ({ only, violation }) =>
            only === undefined || only === kind ? violation(statement) : undefined,
          )
        : "it is not an object";
      const sid = isObject(statement) && typeof statement.Sid === "string" ? statement.Sid : "";
      return reason && `, ${sid || `statement ${at + 1}`}: ${reason}`;
    }) ?? sidTwice(statements as Json[])
  );
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html */
function sidTwice(statements: readonly Json[]): string | undefined {
  const sids = statements.map(({ Sid }) => Sid).filter(Boolean);
  const twice = sids.find((sid, at) => sids.indexOf(sid) !== at);
  return twice === undefined ? undefined : `, ${twice}: two statements have this Sid`;
}
