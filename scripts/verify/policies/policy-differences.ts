import { UNKNOWN } from "../expected-by-stacks";
import type { ExpectedAccess } from "../role-expectation";
import { isTemplate, matcher } from "../template";
import { list, type PolicyJson, type StatementJson } from "./policy-json";

/** What a policy document in the account has other than it should; texts expected may be templates. */
export function policyDifferences({ document, atMost }: ExpectedAccess, actual: PolicyJson): string[] {
  const [should, is] = [bySid(document), bySid(actual)];
  const missing = [...should.keys()].filter((sid) => !is.has(sid));
  return [
    ...(atMost ? [] : missing).map((sid) => `${sid} is missing`),
    ...[...is.keys()].filter((sid) => !should.has(sid)).map((sid) => `${sid} is too much`),
    ...[...should].flatMap(([sid, statement]) => {
      const other = is.get(sid);
      return other === undefined
        ? []
        : statementDifferences(statement, other).map((difference) => `${sid}: ${difference}`);
    }),
  ];
}

/** What the conditions of a statement in the account are other than they should be. */
export function conditionDifferences(expected: StatementJson, actual: StatementJson): string[] {
  return textDifferences(conditions(expected), conditions(actual));
}

function statementDifferences(expected: StatementJson, actual: StatementJson): string[] {
  return [
    ...textDifferences([expected.Effect ?? ""], [actual.Effect ?? ""]),
    ...textDifferences(list(expected.Action), list(actual.Action)),
    ...resourceDifferences(list(expected.Resource), list(actual.Resource)),
    ...conditionDifferences(expected, actual),
  ];
}

/** Of resources that only Terraform knows, none need be there. */
function resourceDifferences(expected: readonly string[], actual: readonly string[]): string[] {
  return expected.some((text) => UNKNOWN.includes(text))
    ? tooMuch(expected, actual)
    : textDifferences(expected, actual);
}

function textDifferences(expected: readonly string[], actual: readonly string[]): string[] {
  const missing = expected.filter((text) => !actual.some(matcher(text)));
  return [...missing.map((text) => `${text} is missing`), ...tooMuch(expected, actual)];
}

function tooMuch(expected: readonly string[], actual: readonly string[]): string[] {
  const wanted = expected.map(matcher);
  return actual.filter((text) => !wanted.some((matches) => matches(text))).map((text) => `${text} is too much`);
}

/** Whether a document holds resources that only Terraform knows. */
export function hasUnknownResources({ Statement }: PolicyJson): boolean {
  return list(Statement)
    .flatMap(({ Resource }) => list(Resource))
    .some(isTemplate);
}

function bySid({ Statement }: PolicyJson): Map<string, StatementJson> {
  return new Map(list(Statement).map((statement, index) => [statement.Sid ?? `statement ${index + 1}`, statement]));
}

function conditions({ Condition = {} }: StatementJson): string[] {
  return Object.entries(Condition).flatMap(([test, values]) =>
    Object.entries(values).flatMap(([variable, texts]) => list(texts).map((text) => `${test} ${variable} ${text}`)),
  );
}
