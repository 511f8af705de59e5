import { ECS_TASKS } from "../../modules/ecs-task-execution-role/permissions/trust-fields";
import { isAbout } from "../evaluation/matching-statements";
import { list, nameOf, type PolicyJson, type StatementJson } from "../policy-json";
import type { OtherPrincipal } from "./findings";

const ASSUMING = ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"];

/** The principals other than Amazon ECS that a trust policy allows to assume the role, with or without a condition. */
export function otherPrincipals({ Statement }: PolicyJson): OtherPrincipal[] {
  return list(Statement).flatMap((statement, index) =>
    statement.Effect === "Allow" && ASSUMING.some((action) => isAbout(statement, action))
      ? othersIn(statement).map((principal) => ({ statement: nameOf(statement, index), principal }))
      : [],
  );
}

function othersIn({ Principal }: StatementJson): string[] {
  const named = typeof Principal === "object" ? Principal : { AWS: Principal };
  return Object.entries(named).flatMap(([type, names]) =>
    list(names).filter((name) => type !== "Service" || name !== ECS_TASKS),
  );
}
