import { statementsOf } from "./policies/expected-statement";
import type { RoleExpectation } from "./role-expectation";

interface ModuleOutputs {
  readonly role_name: string;
  readonly policy_arns: Readonly<Record<string, string>>;
  readonly assume_role_policy?: string;
  readonly access_policy?: string | null;
}

/**
 * The roles in the output of `terraform output -json`: the outputs of the Terraform module or of the app, at the top
 * level or inside another output.
 */
export function expectedByOutputs(outputs: unknown): RoleExpectation[] {
  if (typeof outputs !== "object" || outputs === null) {
    return [];
  }
  const values = Object.fromEntries(Object.entries(outputs).map(([name, output]) => [name, unwrapped(output)]));
  return isModuleOutputs(values) ? [expectation(values)] : Object.values(values).flatMap(expectedByOutputs);
}

function expectation({ role_name, policy_arns, assume_role_policy, access_policy }: ModuleOutputs): RoleExpectation {
  const { access: policyArn } = policy_arns;
  return {
    roleName: role_name,
    policyArns: Object.values(policy_arns),
    ...(assume_role_policy && { trust: statementsOf(JSON.parse(assume_role_policy)) }),
    ...(access_policy && policyArn && { access: { policyArn, statements: statementsOf(JSON.parse(access_policy)) } }),
  };
}

/** Terraform wraps each output of the root module. */
function unwrapped(output: unknown): unknown {
  return typeof output === "object" && output !== null && "value" in output ? output.value : output;
}

function isModuleOutputs(values: object): values is ModuleOutputs {
  return "role_name" in values && "policy_arns" in values;
}
