import type { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { Token } from "cdktf";
import { NOTHING_NEEDED } from "../aws/permissions";
import { dynamicStatement } from "../hcl/statements";
import type { AccessCondition, AccessStatement } from "../synth/statements";

/** Sets the statements of a policy document. Statements that may turn out to be empty become dynamic blocks. */
export function putStatements(document: DataAwsIamPolicyDocument, statements: readonly AccessStatement[]): void {
  const certain = statements.filter(({ onlyIf }) => onlyIf === undefined);
  const possible = statements.flatMap(({ onlyIf = [], laterResources, resources, condition, ...statement }) =>
    onlyIf.length > 0
      ? [
          dynamicStatement(
            { ...statement, ...conditionBlocks(condition) },
            allOf(resources, laterResources),
            `${number(onlyIf)} > 0`,
          ),
        ]
      : [],
  );
  if (certain.length > 0) {
    document.putStatement(
      certain.map(({ resources, laterResources, onlyIf, condition, ...statement }) => ({
        ...statement,
        ...conditionBlocks(condition),
        resources: laterResources ? Token.asList(`\${${allOf(resources, laterResources)}}`) : resources,
      })),
    );
  } else {
    document.resetStatement();
    const onlyIf = statements.flatMap(({ onlyIf = [] }) => onlyIf);
    possible.push(dynamicStatement(NOTHING_NEEDED, JSON.stringify(NOTHING_NEEDED.resources), `${number(onlyIf)} == 0`));
  }
  document.addOverride("dynamic", possible.length > 0 ? { statement: possible } : undefined);
}

function conditionBlocks(conditions: readonly AccessCondition[] | undefined) {
  return (
    conditions && {
      condition: conditions.map(({ laterValues, values, ...condition }) => ({
        ...condition,
        values: laterValues ? Token.asList(`\${sort(distinct(${allOf(values, laterValues)}))}`) : values,
      })),
    }
  );
}

/** Duplicates are harmless: the policy document treats resources as a set. */
function allOf(known: readonly string[], later: readonly string[] = []): string {
  return `flatten([${[JSON.stringify(known), ...later].join(", ")}])`;
}

/** The total number of ARNs in the lists. */
function number(lists: readonly string[]): string {
  return `length(concat(${[...new Set(lists)].join(", ")}))`;
}
