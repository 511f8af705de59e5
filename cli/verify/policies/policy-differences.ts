import type { ExpectedCondition, ExpectedStatement, ExpectedValues } from "./expected-statement";
import { conditionForm, type Form, resourceForm } from "./forms";
import { inTerraformsWriting, list, type PolicyJson, type StatementJson } from "./policy-json";
import { isTemplate, matcher, UNKNOWN } from "./template";

/** What a policy in the account has other than it should. */
export function policyDifferences(expected: readonly ExpectedStatement[], policy: PolicyJson): string[] {
  const { Version, Statement } = inTerraformsWriting(policy);
  const is = new Map(list(Statement).map((statement, index) => [statement.Sid ?? `statement ${index + 1}`, statement]));
  const should = new Map(expected.map((statement, index) => [statement.sid ?? `statement ${index + 1}`, statement]));
  return [
    ...(Version === "2012-10-17" ? [] : [`Version is ${Version ?? "2008-10-17"}`]),
    ...[...should].filter(([sid, { isOptional }]) => !isOptional && !is.has(sid)).map(([sid]) => `${sid} is missing`),
    ...[...is.keys()].filter((sid) => !should.has(sid)).map((sid) => `${sid} is unexpected`),
    ...[...should].flatMap(([sid, statement]) => {
      const actual = is.get(sid);
      return actual ? statementDifferences(statement, actual).map((difference) => `${sid}: ${difference}`) : [];
    }),
  ];
}

/** The elements that we write; any other can widen a statement. */
const ELEMENTS = ["Sid", "Effect", "Principal", "Action", "Resource", "Condition"];

/** The elements of a statement that no policy of ours has, such as NotAction. */
export function otherElements(actual: StatementJson): string[] {
  return Object.keys(actual)
    .filter((element) => !ELEMENTS.includes(element))
    .map((element) => `${element} is unexpected`);
}

/** What the conditions of a statement in the account are other than they should be. */
export function conditionDifferences({ conditions }: ExpectedStatement, { Condition = {} }: StatementJson): string[] {
  const nameOf = ({ test, variable }: Pick<ExpectedCondition, "test" | "variable">) => `${test} ${variable}`;
  const is = new Map(
    Object.entries(Condition).flatMap(([test, values]) =>
      Object.entries(values).map(([variable, texts]) => [nameOf({ test, variable }), list(texts)]),
    ),
  );
  const should = new Map(conditions.map((one) => [nameOf(one), one]));
  const differences = [...should].flatMap(([name, { variable, values }]) =>
    valueDifferences(values, is.get(name) ?? [], conditionForm(variable)).map((difference) => `${name} ${difference}`),
  );
  const others = [...is].filter(([name]) => !should.has(name));
  return [...differences, ...others.flatMap(([name, texts]) => texts.map((text) => `${name} ${text} is unexpected`))];
}

function statementDifferences(expected: ExpectedStatement, actual: StatementJson): string[] {
  return [
    ...(actual.Effect === "Allow" ? [] : [`Effect is ${actual.Effect}`]),
    ...otherElements(actual),
    ...valueDifferences({ known: expected.actions, later: [] }, list(actual.Action)),
    ...valueDifferences(expected.resources, list(actual.Resource), resourceForm(expected.sid)),
    ...conditionDifferences(expected, actual),
  ];
}

/** Known values must be there, values that only Terraform knows can be; nothing else can. */
function valueDifferences({ known, later }: ExpectedValues, actual: readonly string[], form?: Form): string[] {
  const missing = known.filter((text) => !actual.some(matcher(text)));
  const tooMuch = actual.filter(
    (text) => !known.some((one) => matcher(one)(text)) && !later.some((template) => form?.(template, text)),
  );
  // A statement of which only Terraform knows the values has one at least.
  const none = known.length === 0 && later.length > 0 && actual.length === 0 ? ["every value is missing"] : [];
  return [...none, ...missing.map((text) => `${text} is missing`), ...tooMuch.map((text) => `${text} is unexpected`)];
}

/** The statements with resources that only Terraform knows. */
export function withUnknownResources(expected: readonly ExpectedStatement[]): string[] {
  const isUnknown = ({ resources: { known, later } }: ExpectedStatement) =>
    later.some((template) => template !== UNKNOWN) || known.some(isTemplate);
  return expected.filter(isUnknown).flatMap(({ sid }) => sid ?? []);
}
