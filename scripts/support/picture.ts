import { readFileSync } from "node:fs";
import { expectedByStacks } from "./expected-by-stacks";
import { list } from "./policy-json";
import type { RoleExpectation } from "./role-expectation";
import { describeStacks } from "./synthesized";
import { isTemplate } from "./template";

type Locals = Readonly<Record<string, readonly string[]>>;

/** The execution roles in an app's output, as Mermaid: who may assume each, and what it may reach. */
export function picture(outputFolder: string): string {
  const locals = Object.assign(
    {},
    ...describeStacks(outputFolder).map(({ file }) => JSON.parse(readFileSync(file, "utf8")).locals),
  ) as Locals;
  const roles = expectedByStacks(outputFolder).flatMap((role, at) => drawn(role, `role${at}`, locals));
  return ["flowchart LR", ...roles.map((line) => `  ${line}`)].join("\n");
}

function drawn({ roleName, policyArns, trust, access }: RoleExpectation, id: string, locals: Locals): string[] {
  const name = isTemplate(roleName) ? "task execution role" : roleName;
  const conditions = list(trust?.Statement).flatMap(({ Condition = {} }) =>
    Object.values(Condition).flatMap(Object.keys),
  );
  const assumes = ["assumes", ...conditions].join(", ");
  const managed = policyArns.filter((arn) => arn !== access?.policyArn).map((arn) => arn.replace(/^.*:policy\//, ""));
  return [
    `${id}_ecs["ecs-tasks.amazonaws.com"] -- "${assumes}" --> ${id}(["${name}"])`,
    ...managed.map((policy, at) => `${id} -- "attached" --> ${id}_managed${at}["${policy}"]`),
    ...list(access?.document?.Statement).map(({ Sid, Resource }) => {
      const resources = list(Resource).flatMap((text) => inTerraformsNames(text, locals));
      return `${id} -- "${Sid}" --> ${id}_${Sid}["${[...new Set(resources)].join("<br/>")}"]`;
    }),
  ];
}

/** The resources behind an expression, by the names that they have in the configuration. */
function inTerraformsNames(text: string, locals: Locals): string[] {
  const lists = [...text.matchAll(/local\.([\w-]+)/g)].flatMap(([, name = ""]) => locals[name] ?? []);
  const names = (isTemplate(text) && lists.length > 0 ? lists : [text]).map((one) =>
    one.replace(/^\$\{(.*)\}$/s, "$1"),
  );
  return names.map((name) => name.replaceAll('"', "'"));
}
