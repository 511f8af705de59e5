import { NOTHING_NEEDED } from "../../modules/ecs-task-execution-role/permissions/permissions";
import { expectedByStacks } from "./expected-by-stacks";
import { isTemplate } from "./policies/template";
import { reachedBy } from "./reached";
import type { RoleExpectation } from "./role-expectation";

/** The execution roles in an app's output, as Mermaid: who can assume each role, and what it can access. */
export function picture(outputFolder: string): string {
  const roles = expectedByStacks(outputFolder).flatMap((role, at) => drawn(role, `role${at + 1}`));
  return ["flowchart LR", ...roles.map((line) => `  ${line}`)].join("\n");
}

function drawn({ roleName, policyArns, trust, access }: RoleExpectation, id: string): string[] {
  const name = isTemplate(roleName) ? "task execution role" : roleName;
  const conditions = (trust ?? []).flatMap(({ conditions }) => conditions.map(({ variable }) => variable));
  const assumes = ["assumes", ...conditions].join(", ");
  const managed = policyArns.filter((arn) => arn !== access?.policyArn).map((arn) => arn.replace(/^.*:policy\//, ""));
  return [
    `${id}_ecs["ecs-tasks.amazonaws.com"] -- "${assumes}" --> ${id}(["${name}"])`,
    ...managed.map((policy, at) => `${id} -- "attached" --> ${id}_managed${at}["${policy}"]`),
    ...(access?.statements ?? []).flatMap((statement) => {
      const reached = reachedBy(statement).join("<br/>");
      const { sid, actions, isOptional } = statement;
      const label = [sid, ...actions].join("<br/>");
      return reached === "" || (isOptional && sid === NOTHING_NEEDED.sid)
        ? []
        : `${id} ${isOptional ? "-." : "--"} "${label}" ${isOptional ? ".->" : "-->"} ${id}_${sid}["${reached}"]`;
    }),
  ];
}
