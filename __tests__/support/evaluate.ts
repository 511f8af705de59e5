import { runSimulation } from "@cloud-copilot/iam-simulate";

export type PolicyDocument = Readonly<Record<string, unknown>>;

/** A call to the AWS API. */
export interface Call {
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request, such as `kms:ViaService`. */
  readonly context?: Readonly<Record<string, string>>;
}

const ROLE = "arn:aws:iam::111122223333:role/orders";

/** The default key policy of KMS, which leaves the decision to IAM policies. */
const KEY_POLICY = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "kms:*", Resource: "*" },
  ],
};

/** Whether these policies allow a role in account 111122223333 to make the call. */
export function allows(
  policies: readonly PolicyDocument[],
  { action, resource, context = {} }: Call,
): Promise<boolean> {
  return simulate({
    principal: ROLE,
    call: { action, resource, context },
    identityPolicies: policies.map((policy, index) => ({ name: `policy-${index}`, policy })),
    resourcePolicy: action.startsWith("kms:") ? KEY_POLICY : undefined,
  });
}

/** Whether a trust policy allows a principal (a service name or an ARN) to assume the role. */
export function canAssume(trust: PolicyDocument, principal: string, context: Call["context"] = {}): Promise<boolean> {
  return simulate({
    principal,
    call: { action: "sts:AssumeRole", resource: ROLE, context },
    identityPolicies: [],
    resourcePolicy: trust,
  });
}

interface Situation {
  readonly principal: string;
  readonly call: Required<Call>;
  readonly identityPolicies: readonly { readonly name: string; readonly policy: PolicyDocument }[];
  readonly resourcePolicy?: PolicyDocument;
}

async function simulate({ principal, call, identityPolicies, resourcePolicy }: Situation): Promise<boolean> {
  const { action, resource, context } = call;
  const result = await runSimulation(
    {
      request: {
        principal,
        action,
        resource: { resource, accountId: "111122223333" },
        contextVariables: { ...context },
      },
      identityPolicies: [...identityPolicies],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy,
    },
    {},
  );
  if (result.resultType === "error") {
    throw new Error(`${action} on ${resource} cannot be evaluated: ${JSON.stringify(result)}`);
  }
  return result.overallResult === "Allowed";
}
