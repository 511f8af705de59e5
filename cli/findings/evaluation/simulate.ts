import { runSimulation } from "@cloud-copilot/iam-simulate";
import { ECS_TASKS } from "../../../modules/ecs-task-execution-role/aws/trust-fields";
import type { RoleWithPolicies } from "../../account/policies";
import { accountOf } from "../../arns";
import { CouldNotCheck } from "../../could-not-check";
import type { Context } from "./request";
import { supportedContext, supportedPolicy, VERSION, withAccount } from "./supported";

interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

/** Whether the policies and the boundary of a role allow a call. */
export function allows(role: RoleWithPolicies, request: Request): Promise<boolean> {
  const resource = withAccount(request.resource);
  const asPolicy = ({ name, document }: RoleWithPolicies["policies"][number]) => ({
    name,
    policy: supportedPolicy(document, resource),
  });
  return simulate(
    role.arn,
    role.arn,
    { ...request, resource },
    {
      identityPolicies: role.policies.map(asPolicy),
      ...(role.boundary && { permissionBoundaryPolicies: [asPolicy(role.boundary)] }),
      // The key policy is unknown. The default key policy of KMS leaves the decision to IAM.
      ...(request.action.startsWith("kms:") && { resourcePolicy: keyPolicy(role.arn) }),
    },
  );
}

/** Whether Amazon ECS can assume a role for a task. */
export function letsIn({ arn, trust }: RoleWithPolicies, context: Context): Promise<boolean> {
  const request = { action: "sts:AssumeRole", resource: arn, context };
  return simulate(ECS_TASKS, arn, request, { identityPolicies: [], resourcePolicy: supportedPolicy(trust, arn) });
}

type Policies = Pick<
  Parameters<typeof runSimulation>[0],
  "identityPolicies" | "permissionBoundaryPolicies" | "resourcePolicy"
>;

async function simulate(principal: string, roleArn: string, request: Request, policies: Policies): Promise<boolean> {
  const { action, resource, context } = request;
  const simulation = {
    request: {
      principal,
      action,
      // The role's account, so that identity policies decide: resource policies are not read.
      resource: { resource, accountId: accountOf(roleArn) },
      contextVariables: { ...supportedContext(context) },
    },
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...policies,
  };
  const result = await runSimulation(simulation, {}).catch((error: Error) => ({
    resultType: "error" as const,
    errors: error,
  }));
  if (result.resultType === "error") {
    throw new CouldNotCheck(`${action} on ${resource} cannot be evaluated for ${roleArn} (${result.errors.message})`);
  }
  return result.overallResult === "Allowed";
}

function keyPolicy(roleArn: string): object {
  const [, partition = ""] = roleArn.split(":");
  const Principal = { AWS: `arn:${partition}:iam::${accountOf(roleArn)}:root` };
  return { Version: VERSION, Statement: [{ Effect: "Allow", Principal, Action: "kms:*", Resource: "*" }] };
}
