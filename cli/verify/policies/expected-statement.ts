import { inTerraformsWriting, list, type PolicyJson } from "../../policy-json";

/** The expected values in a statement; each is a template. */
export interface ExpectedValues {
  /** The required values. If `unknown` is empty, no others are allowed. */
  readonly known: readonly string[];
  /** Templates for values that only Terraform knows. */
  readonly unknown: readonly string[];
}

export interface ExpectedCondition {
  readonly test: string;
  readonly variable: string;
  readonly values: ExpectedValues;
}

/** An expected statement of a policy. */
export interface ExpectedStatement {
  readonly sid?: string;
  readonly actions: readonly string[];
  readonly resources: ExpectedValues;
  readonly conditions: readonly ExpectedCondition[];
  /** Whether only Terraform knows if the statement exists. */
  readonly isOptional: boolean;
}

/** The statements of a policy, as expected values. */
export function statementsOf(policy: PolicyJson): ExpectedStatement[] {
  return list(inTerraformsWriting(policy).Statement).map(({ Sid, Action, Resource, Condition = {} }) => ({
    ...(Sid && { sid: Sid }),
    actions: list(Action),
    resources: { known: list(Resource), unknown: [] },
    conditions: Object.entries(Condition).flatMap(([test, variables]) =>
      Object.entries(variables).map(([variable, values]) => ({
        test,
        variable,
        values: { known: list(values), unknown: [] },
      })),
    ),
    isOptional: false,
  }));
}
