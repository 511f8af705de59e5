import type { IAMClient } from "@aws-sdk/client-iam";
import { type RoleInAccount, readPolicy, readRole } from "../account/role";
import {
  conditionDifferences,
  otherElements,
  policyDifferences,
  withUnknownResources,
} from "./policies/policy-differences";
import { fill, isTemplate, matcher, startOf } from "./policies/template";
import { ecsTasksStatements, whoMayAssume } from "./policies/trust";
import { ACCOUNT, PARTITION, type RoleExpectation } from "./role-expectation";

export type Mark = "ok" | "MISSING" | "EXTRA" | "WRONG";

export interface Finding {
  readonly mark: Mark;
  readonly subject: string;
  readonly detail: string;
}

/** Compares a role in the account with the expected role. */
export async function reportRole(
  iam: IAMClient,
  roleName: string,
  expected: RoleExpectation,
): Promise<readonly Finding[]> {
  const role = await readRole(iam, roleName);
  if (!role) {
    return [{ mark: "MISSING", subject: "role", detail: `there is no role ${roleName} in this account` }];
  }
  const [, partition = "", , , account = ""] = role.arn.split(":");
  const about = { role, expected: filled(expected, { [PARTITION]: partition, [ACCOUNT]: account }) };
  return [
    { mark: "ok", subject: "role", detail: role.arn },
    ...aboutTrust(about),
    ...aboutBoundary(about),
    ...aboutPolicies(about),
    ...(await aboutAccess(iam, about)),
    ...role.inlinePolicies.map((name): Finding => ({ mark: "EXTRA", subject: "inline policy", detail: name })),
  ];
}

interface About {
  readonly role: RoleInAccount;
  readonly expected: RoleExpectation;
}

function aboutTrust({ role, expected }: About): Finding[] {
  const subject = "assume-role policy";
  const { ecsTasks, others } = whoMayAssume(role.assumeRolePolicy);
  const [should] = expected.trust ?? [];
  const statements = ecsTasksStatements(JSON.parse(role.assumeRolePolicy));
  const differences = statements.flatMap((is) => [
    ...otherElements(is),
    ...(should ? conditionDifferences(should, is).map((difference) => `condition ${difference}`) : []),
  ]);
  return [
    ecsTasks
      ? { mark: "ok", subject, detail: "ecs-tasks.amazonaws.com can assume it" }
      : { mark: "WRONG", subject, detail: "ecs-tasks.amazonaws.com cannot assume it" },
    ...others.map((principal): Finding => ({ mark: "EXTRA", subject, detail: `${principal} can assume it` })),
    ...differences.map((detail): Finding => ({ mark: "WRONG", subject, detail })),
  ];
}

function aboutBoundary({
  role: { permissionsBoundary: is },
  expected: { permissionsBoundary: should },
}: About): Finding[] {
  const subject = "permissions boundary";
  if (should === undefined || (should === null && is === undefined)) {
    return [];
  }
  if (should === null || is === undefined) {
    return [{ mark: is === undefined ? "MISSING" : "EXTRA", subject, detail: is ?? should ?? "" }];
  }
  return [
    policyMatcher(should)(is)
      ? { mark: "ok", subject, detail: is }
      : { mark: "WRONG", subject, detail: `${is} instead of ${should}` },
  ];
}

function aboutPolicies({ role, expected }: About): Finding[] {
  const subject = "managed policy";
  const left = new Set(role.attachedPolicies);
  const take = (template: string): Finding => {
    const found = [...left].find(policyMatcher(template));
    left.delete(found ?? "");
    return found ? { mark: "ok", subject, detail: found } : { mark: "MISSING", subject, detail: template };
  };
  // Templates, which can match any policy, are matched last.
  const wanted = [...expected.policyArns].sort((one, other) => Number(isTemplate(one)) - Number(isTemplate(other)));
  return [...wanted.map(take), ...[...left].map((detail): Finding => ({ mark: "EXTRA", subject, detail }))];
}

async function aboutAccess(iam: IAMClient, { role, expected: { access } }: About): Promise<Finding[]> {
  const policyArn = access && role.attachedPolicies.find(policyMatcher(access.policyArn));
  if (!access || !policyArn) {
    return [];
  }
  const subject = "access policy";
  const differences = policyDifferences(access.statements, await readPolicy(iam, policyArn));
  const unknown = withUnknownResources(access.statements);
  const notCompared =
    unknown.length > 0
      ? ` (in ${unknown.join(", ")}, values that only Terraform knows are compared by pattern only)`
      : "";
  return differences.length > 0
    ? differences.map((detail) => ({ mark: "WRONG", subject, detail }))
    : [{ mark: "ok", subject, detail: `grants what it should${notCompared}` }];
}

/** An ARN that only Terraform knows belongs to a customer managed policy, never to an AWS managed policy. */
function policyMatcher(template: string): (arn: string) => boolean {
  const isOwn = !startOf(template).includes(":iam::aws:");
  return (arn) => matcher(template)(arn) && !(isTemplate(template) && isOwn && arn.includes(":iam::aws:"));
}

function filled(expected: RoleExpectation, known: Readonly<Record<string, string>>): RoleExpectation {
  return JSON.parse(fill(JSON.stringify(expected), known));
}
