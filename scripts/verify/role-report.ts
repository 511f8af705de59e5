import type { IAMClient } from "@aws-sdk/client-iam";
import { conditionDifferences, hasUnknownResources, policyDifferences } from "./policies/policy-differences";
import { ecsTasksStatements, whoMayAssume } from "./policies/trust";
import { ACCOUNT, PARTITION, type RoleExpectation } from "./role-expectation";
import { type RoleInAccount, readPolicy, readRole } from "./role-in-account";
import { fill, isTemplate, matcher } from "./template";

export type Mark = "ok" | "MISSING" | "EXTRA" | "WRONG";

export interface Finding {
  readonly mark: Mark;
  readonly subject: string;
  readonly detail: string;
}

/** Compares a role in the account with what it should be. */
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
  const [should] = expected.trust ? ecsTasksStatements(expected.trust) : [];
  const statements = ecsTasksStatements(JSON.parse(role.assumeRolePolicy));
  return [
    ecsTasks
      ? { mark: "ok", subject, detail: "ecs-tasks.amazonaws.com may assume it" }
      : { mark: "WRONG", subject, detail: "ecs-tasks.amazonaws.com may not assume it" },
    ...others.map((principal): Finding => ({ mark: "EXTRA", subject, detail: `${principal} may assume it` })),
    ...(should ? statements.flatMap((is) => conditionDifferences(should, is)) : []).map(
      (difference): Finding => ({ mark: "WRONG", subject, detail: `condition ${difference}` }),
    ),
  ];
}

function aboutPolicies({ role, expected }: About): Finding[] {
  const subject = "managed policy";
  const left = new Set(role.attachedPolicies);
  const take = (template: string): Finding => {
    const found = [...left].find(matcher(template));
    left.delete(found ?? "");
    return found ? { mark: "ok", subject, detail: found } : { mark: "MISSING", subject, detail: template };
  };
  // What may match any policy takes its own last.
  const wanted = [...expected.policyArns].sort((one, other) => Number(isTemplate(one)) - Number(isTemplate(other)));
  return [...wanted.map(take), ...[...left].map((detail): Finding => ({ mark: "EXTRA", subject, detail }))];
}

async function aboutAccess(iam: IAMClient, { role, expected: { access } }: About): Promise<Finding[]> {
  const policyArn = access && role.attachedPolicies.find(matcher(access.policyArn));
  if (!access || !policyArn) {
    return [];
  }
  const subject = "access policy";
  const differences = policyDifferences(access, await readPolicy(iam, policyArn));
  const notCompared = hasUnknownResources(access.document)
    ? " (which resources, where only Terraform knows them, is not compared, but for wildcards)"
    : "";
  return differences.length > 0
    ? differences.map((detail) => ({ mark: "WRONG", subject, detail }))
    : [{ mark: "ok", subject, detail: `gives what it should${notCompared}` }];
}

function filled(expected: RoleExpectation, known: Readonly<Record<string, string>>): RoleExpectation {
  return JSON.parse(fill(JSON.stringify(expected), known));
}
