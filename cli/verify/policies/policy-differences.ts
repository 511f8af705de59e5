import { inTerraformsWriting, list, nameOf, type PolicyJson, type StatementJson } from "../../policy-json";
import type { ExpectedStatement, ExpectedValues } from "./expected-statement";
import { conditionForm, type Form, resourceForm } from "./forms";
import { isTemplate, matcher, UNKNOWN } from "./template";

/** The differences between a policy in the account and the expected statements. */
export function policyDifferences(statements: readonly ExpectedStatement[], policy: PolicyJson): string[] {
  const { Version, Statement } = inTerraformsWriting(policy);
  const actual = new Map(list(Statement).map((statement, index) => [nameOf(statement, index), statement]));
  const expected = new Map(
    statements.map((statement, index) => [statement.sid ?? `statement ${index + 1}`, statement]),
  );
  return [
    ...(Version === "2012-10-17" ? [] : [`Version is ${Version ?? "2008-10-17"}`]),
    ...[...expected]
      .filter(([sid, { isOptional }]) => !isOptional && !actual.has(sid))
      .map(([sid]) => `${sid} is missing`),
    ...[...actual.keys()].filter((sid) => !expected.has(sid)).map((sid) => `${sid} is unexpected`),
    ...[...expected].flatMap(([sid, statement]) => {
      const found = actual.get(sid);
      return found ? statementDifferences(statement, found).map((difference) => `${sid}: ${difference}`) : [];
    }),
  ];
}

/** The elements that we write. Any other element can widen a statement. */
const ELEMENTS = ["Sid", "Effect", "Principal", "Action", "Resource", "Condition"];

/** The elements of a statement that our policies never have, such as NotAction. */
export function otherElements(actual: StatementJson): string[] {
  return Object.keys(actual)
    .filter((element) => !ELEMENTS.includes(element))
    .map((element) => `${element} is unexpected`);
}

/** The differences between the conditions of a statement in the account and the expected conditions. */
export function conditionDifferences({ conditions }: ExpectedStatement, { Condition = {} }: StatementJson): string[] {
  const actual = new Map(
    Object.entries(Condition).flatMap(([test, values]) =>
      Object.entries(values).map(([variable, texts]) => [`${test} ${variable}`, list(texts)]),
    ),
  );
  const expected = new Map(conditions.map((one) => [`${one.test} ${one.variable}`, one]));
  const differences = [...expected].flatMap(([name, { variable, values }]) =>
    valueDifferences(values, actual.get(name) ?? [], conditionForm(variable)).map(
      (difference) => `${name} ${difference}`,
    ),
  );
  const others = [...actual].filter(([name]) => !expected.has(name));
  return [...differences, ...others.flatMap(([name, texts]) => texts.map((text) => `${name} ${text} is unexpected`))];
}

function statementDifferences(expected: ExpectedStatement, actual: StatementJson): string[] {
  return [
    ...(actual.Effect === "Allow" ? [] : [`Effect is ${actual.Effect}`]),
    ...otherElements(actual),
    ...valueDifferences({ known: expected.actions, unknown: [] }, list(actual.Action)),
    ...valueDifferences(expected.resources, list(actual.Resource), resourceForm(expected.sid)),
    ...conditionDifferences(expected, actual),
  ];
}

/** Known values are required, values that only Terraform knows are allowed, and others are not. */
function valueDifferences({ known, unknown }: ExpectedValues, actual: readonly string[], form?: Form): string[] {
  const missing = known.filter((text) => !actual.some(matcher(text)));
  const unexpected = actual.filter(
    (text) => !known.some((one) => matcher(one)(text)) && !unknown.some((template) => form?.(template, text)),
  );
  // If only Terraform knows the values of a statement, there must be at least one.
  const none = known.length === 0 && unknown.length > 0 && actual.length === 0 ? ["every value is missing"] : [];
  return [
    ...none,
    ...missing.map((text) => `${text} is missing`),
    ...unexpected.map((text) => `${text} is unexpected`),
  ];
}

/** The statements with resources that only Terraform knows. */
export function withUnknownResources(expected: readonly ExpectedStatement[]): string[] {
  const isUnknown = ({ resources: { known, unknown } }: ExpectedStatement) =>
    unknown.some((template) => template !== UNKNOWN) || known.some(isTemplate);
  return expected.filter(isUnknown).flatMap(({ sid }) => sid ?? []);
}
