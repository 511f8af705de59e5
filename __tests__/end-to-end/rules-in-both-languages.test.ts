import fc from "fast-check";
import type { EcsTaskExecutionRoleProps } from "../../modules/ecs-task-execution-role";
import { POLICY_TOO_LONG } from "../../modules/ecs-task-execution-role/rules/access-rules";
import type { Rule } from "../../modules/ecs-task-execution-role/rules/rule";
import { RULES } from "../../modules/ecs-task-execution-role/rules/rules";
import { readContainers } from "../../modules/ecs-task-execution-role/synth/read-containers";
import { violationsOf } from "../../modules/ecs-task-execution-role/synth/violations";
import { inTerraformsWords } from "../../scripts/docs/terraform-words";
import { BAD } from "../support/arbitrary-access";
import { arbitraryContainer } from "../support/arbitrary-containers";
import { endToEnd } from "../support/end-to-end";
import { EVERY_LIST } from "../support/examples";
import { INPUTS, LIMITS, violationsAtSynth } from "../support/inputs";
import { readInTerraform } from "../support/terraform-reader";

const IN_BOTH = INPUTS.filter(({ onlyAtSynth }) => !onlyAtSynth);

/** Container definitions with valid and invalid values, as JSON and as lists. Each container has its own name. */
const CONTAINERS = fc
  .sample(arbitraryContainer, { seed: 8, numRuns: 200 })
  .map((container, at) => ({ ...container, name: `c${at}` }));
const TASKS = Array.from({ length: 40 }, (_, at) => CONTAINERS.slice(5 * at, 5 * at + 5));
const DEFINITIONS = [...TASKS.slice(0, 5), ...TASKS.map((containers) => JSON.stringify(containers))];

const CASES: readonly EcsTaskExecutionRoleProps[] = [
  ...IN_BOTH.map(({ props }) => props),
  ...LIMITS.flatMap(([, most, , props]) => [props(most), props(most + 1)]),
  ...DEFINITIONS.map((containerDefinitions) => ({ access: { containerDefinitions } })),
  ...Object.entries(EVERY_LIST).flatMap(([field, [value]]) =>
    [value, [value, ...BAD]].map((given) => ({ access: { [field]: given, guardDutyAgent: true } })),
  ),
];

/** TypeScript alone knows the types of props, which values are known at synth, and how long the policy is. */
const isForTerraform = (rule: Rule) =>
  !["props", "map", "policy"].includes(rule.kind) &&
  (rule.kind === "switch" ? rule.input !== "exclusive" : !/known at synth/.test(rule.must));

/**
 * The inputs and the rules in these lines, each once, in the words of the module. The languages show what they got in the
 * same way only if it is a text in container definitions.
 */
const comparable = (lines: readonly string[]) => {
  const all = lines.map((line) => {
    const [, input = "", got = "", rule = line] = line.match(/^(.*?): got (.*?); must (.*)$/s) ?? [];
    const at = input.replace(/^[^[]+/, inTerraformsWords);
    const text = at.startsWith("access.container_definitions[") ? (got.match(/^".*"/)?.[0] ?? "") : "";
    const must = inTerraformsWords(rule.replace(", and known at synth", ""));
    // Terraform names the map, TypeScript the second of its keys.
    return `${must.startsWith("list each policy") ? "" : at}: ${text.replaceAll("\\u0026", "&")}; must ${must}`;
  });
  return [...new Set(all)].sort();
};

/** Without the length of the policy, which the module checks on the policy itself. */
const atSynth = (props: EcsTaskExecutionRoleProps) =>
  violationsAtSynth(props).filter((line) => !line.includes(POLICY_TOO_LONG.must));

endToEnd("every rule", (tools) => {
  test("has the same violations at synth and in Terraform, which names the role in each", async () => {
    const read = await readInTerraform(tools, CASES);
    const inTerraform = CASES.map(({ roleName, roleNamePrefix }, at) => {
      const name = roleName || roleNamePrefix;
      const label = `role ${name ? JSON.stringify(name) : "with a generated name"}: `;
      const { faults = [] } = read[at] ?? {};
      return faults.map((line) => (line.startsWith(label) ? line.slice(label.length) : line));
    });
    expect(CASES.map((props, at) => ({ props, violations: comparable(inTerraform[at] ?? []) }))).toEqual(
      CASES.map((props) => ({ props, violations: comparable(atSynth(props)) })),
    );
    for (const [at, { inTerraform: got = "" }] of IN_BOTH.entries()) {
      expect([got, ...(inTerraform[at] ?? [])].join("\n")).toContain(got && `: got ${got}; `);
    }
    expect(inTerraform.flat().length).toBeGreaterThan(200);
  });

  test("is violated by some of these inputs, and met by others", () => {
    const read = CASES.map((props) => ({ props, containers: readContainers(props.access?.containerDefinitions) }));
    for (const rule of RULES.filter(isForTerraform)) {
      const isViolated = read.map(({ props, containers }) => violationsOf(rule, props, containers).length > 0);
      expect([rule.must, isViolated.includes(true), isViolated.includes(false)]).toEqual([rule.must, true, true]);
    }
  });
});
