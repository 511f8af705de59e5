import { inTerraformsWriting, list, type PolicyJson } from "./policy-json";

/** Values that a statement should have; each is a template. */
export interface ExpectedValues {
  /** These, and without `later` no others. */
  readonly known: readonly string[];
  /** Where a value of this form may stand that only Terraform knows. */
  readonly later: readonly string[];
}

export interface ExpectedCondition {
  readonly test: string;
  readonly variable: string;
  readonly values: ExpectedValues;
}

/** A statement of a policy as it should be. */
export interface ExpectedStatement {
  readonly sid?: string;
  readonly actions: readonly string[];
  readonly resources: ExpectedValues;
  readonly conditions: readonly ExpectedCondition[];
  /** Whether only Terraform knows if the statement is there. */
  readonly isOptional: boolean;
}

/** The statements of a policy that should be exactly this one. */
export function statementsOf(policy: PolicyJson): ExpectedStatement[] {
  return list(inTerraformsWriting(policy).Statement).map(({ Sid, Action, Resource, Condition = {} }) => ({
    ...(Sid && { sid: Sid }),
    actions: list(Action),
    resources: { known: list(Resource), later: [] },
    conditions: Object.entries(Condition).flatMap(([test, variables]) =>
      Object.entries(variables).map(([variable, values]) => ({
        test,
        variable,
        values: { known: list(values), later: [] },
      })),
    ),
    isOptional: false,
  }));
}
