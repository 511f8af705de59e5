import { ECS_TASKS } from "../../modules/ecs-task-execution-role/permissions/trust-fields";
import { type RoleWithPolicies, TRUST_POLICY } from "../aws-calls/policies";
import { aboutService, isAbout } from "../evaluation/matching-statements";
import { otherPrincipals } from "../findings/other-principals";
import { validatePolicy } from "../findings/validate-policy";
import { list } from "../policy-json";
import {
  conditionDifferences,
  otherElements,
  policyDifferences,
  withUnknownResources,
} from "./policies/policy-differences";
import { isTemplate, matcher, startOf } from "./policies/template";
import { ACCOUNT, PARTITION, type RoleExpectation } from "./role-expectation";

export interface Finding {
  readonly mark: "ok" | "MISSING" | "EXTRA" | "WRONG";
  readonly subject: string;
  readonly detail: string;
}

/** Compares a role in the account with the expected role. */
export function reportRole(role: RoleWithPolicies, expectation: RoleExpectation): readonly Finding[] {
  const [, partition = "", , , account = ""] = role.arn.split(":");
  const expected: RoleExpectation = JSON.parse(
    JSON.stringify(expectation).replaceAll(PARTITION, partition).replaceAll(ACCOUNT, account),
  );
  const inline = role.policies.filter(({ name }) => !isArn(name));
  return [
    { mark: "ok", subject: "role", detail: role.arn },
    ...aboutTrust(role, expected),
    ...aboutBoundary(role, expected),
    ...aboutPolicies(role, expected),
    ...aboutAccess(role, expected),
    ...inline.map(({ name }): Finding => ({ mark: "EXTRA", subject: "inline policy", detail: name })),
  ];
}

/** Whether Amazon ECS can assume the role, and who else. Conditions restrict for which tasks, not whether. */
function aboutTrust({ trust }: RoleWithPolicies, { trust: [expected] = [] }: RoleExpectation): Finding[] {
  validatePolicy(trust, TRUST_POLICY, "trust");
  const subject = "assume-role policy";
  const statements = list(aboutService(trust, ECS_TASKS).Statement);
  const effects = statements.filter((one) => isAbout(one, "sts:AssumeRole")).map(({ Effect }) => Effect);
  const canAssume = effects.includes("Allow") && !effects.includes("Deny");
  const differences = statements.flatMap((actual) => [
    ...otherElements(actual),
    ...(expected ? conditionDifferences(expected, actual).map((difference) => `condition ${difference}`) : []),
  ]);
  return [
    { mark: canAssume ? "ok" : "WRONG", subject, detail: `${ECS_TASKS} ${canAssume ? "can" : "cannot"} assume it` },
    ...otherPrincipals(trust).map(
      ({ principal }): Finding => ({ mark: "EXTRA", subject, detail: `${principal} can assume it` }),
    ),
    ...differences.map((detail): Finding => ({ mark: "WRONG", subject, detail })),
  ];
}

function aboutBoundary({ boundary }: RoleWithPolicies, { permissionsBoundary: expected }: RoleExpectation): Finding[] {
  const subject = "permissions boundary";
  const actual = boundary?.name;
  if (expected === undefined || (expected === null && actual === undefined)) {
    return [];
  }
  if (expected === null || actual === undefined) {
    return [{ mark: actual === undefined ? "MISSING" : "EXTRA", subject, detail: actual ?? expected ?? "" }];
  }
  return [
    policyMatcher(expected)(actual)
      ? { mark: "ok", subject, detail: actual }
      : { mark: "WRONG", subject, detail: `${actual} instead of ${expected}` },
  ];
}

function aboutPolicies({ policies }: RoleWithPolicies, { policyArns }: RoleExpectation): Finding[] {
  const subject = "managed policy";
  const left = new Set(policies.map(({ name }) => name).filter(isArn));
  const take = (template: string): Finding => {
    const found = [...left].find(policyMatcher(template));
    left.delete(found ?? "");
    return found ? { mark: "ok", subject, detail: found } : { mark: "MISSING", subject, detail: template };
  };
  // Templates, which can match any policy, are matched last.
  const wanted = [...policyArns].sort((one, other) => Number(isTemplate(one)) - Number(isTemplate(other)));
  return [...wanted.map(take), ...[...left].map((detail): Finding => ({ mark: "EXTRA", subject, detail }))];
}

function aboutAccess({ policies }: RoleWithPolicies, { access }: RoleExpectation): Finding[] {
  const isAccess = policyMatcher(access?.policyArn ?? "");
  const policy = policies.find(({ name }) => isAccess(name));
  if (!access || !policy) {
    return [];
  }
  const subject = "access policy";
  const differences = policyDifferences(access.statements, policy.document);
  const unknown = withUnknownResources(access.statements);
  const notCompared =
    unknown.length > 0
      ? ` (in ${unknown.join(", ")}, values that only Terraform knows are compared by pattern only)`
      : "";
  return differences.length > 0
    ? differences.map((detail) => ({ mark: "WRONG", subject, detail }))
    : [{ mark: "ok", subject, detail: `grants what is expected${notCompared}` }];
}

/** The name of a managed policy is its ARN. */
const isArn = (name: string) => name.startsWith("arn:");

/** An ARN that only Terraform knows belongs to a customer managed policy, never to an AWS managed policy. */
function policyMatcher(template: string): (arn: string) => boolean {
  const isOwn = !startOf(template).includes(":iam::aws:");
  return (arn) => matcher(template)(arn) && !(isTemplate(template) && isOwn && arn.includes(":iam::aws:"));
}
