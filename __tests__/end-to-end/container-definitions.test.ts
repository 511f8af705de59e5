import { type TerraformStack, TerraformVariable } from "cdktf";
import fc from "fast-check";
import { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import { VALUES_OF_CONTAINERS } from "../../modules/ecs-task-execution-role/rules/container-rules";
import { readContainers } from "../../modules/ecs-task-execution-role/synth/read-containers";
import { violatesFormat } from "../../modules/ecs-task-execution-role/synth/violations";
import { arbitraryContainer } from "../support/arbitrary-containers";
import { endToEnd } from "../support/end-to-end";
import { allows } from "../support/evaluate";
import { callsOf, expectedResources, REAL_DEFINITIONS } from "../support/real-definitions";
import { statementsOf } from "../support/statements";
import { documentOf, PLACE, type ReadAccess, readInTerraform } from "../support/terraform-reader";
import { Workspace } from "../support/workspace";

/** A reference to the JSON, which only Terraform knows. */
const readByTerraform = (stack: TerraformStack, id: string, json: string) =>
  new TerraformVariable(stack, `${id}-json`, { type: "string", default: json }).stringValue;

const byJson = ({ containerDefinitions }: { readonly containerDefinitions: readonly object[] }) => ({
  containerDefinitions: JSON.stringify(containerDefinitions),
});

const resourcesIn = (statements: readonly { readonly sid: string; readonly resources: readonly string[] }[]) =>
  Object.fromEntries(statements.map(({ sid, resources }) => [sid, [...new Set(resources)].sort()]));

const isValid = (container: object) => {
  const { values, structureViolations } = readContainers([container]);
  return (
    structureViolations.length === 0 &&
    !values.some((one) => VALUES_OF_CONTAINERS.some(({ format }) => violatesFormat(format, one)))
  );
};

const VALID = fc
  .sample(arbitraryContainer, { seed: 9, numRuns: 2000 })
  .filter(isValid)
  .map((container) => [container]);

const asJson = (containers: readonly object[]) => ({ containerDefinitions: JSON.stringify(containers) });

/** Terraform reads all of them in one plan. */
const ACCESSES = {
  public: REAL_DEFINITIONS.map(byJson),
  valid: VALID.map(asJson),
};

endToEnd("container definitions", (parts) => {
  const read = {} as Record<keyof typeof ACCESSES, readonly ReadAccess[]>;

  beforeAll(async () => {
    const all = await readInTerraform(parts, "all", Object.values(ACCESSES).flat());
    let at = 0;
    for (const kind of Object.keys(ACCESSES) as (keyof typeof ACCESSES)[]) {
      read[kind] = all.slice(at, at + ACCESSES[kind].length);
      at += ACCESSES[kind].length;
    }
  });

  describe("from public sources", () => {
    test("result in the expert's policy", () => {
      for (const [at, definition] of REAL_DEFINITIONS.entries()) {
        const { title } = definition;
        const policy = resourcesIn(read.public[at]?.statements ?? []);
        expect({ title, policy, faults: read.public[at]?.faults }).toEqual({
          title,
          policy: expectedResources(definition),
          faults: [],
        });
      }
    });

    test("allow every call that starts the task, and deny similar calls", async () => {
      const wrong: unknown[] = [];
      for (const [at, definition] of REAL_DEFINITIONS.entries()) {
        const policies = [documentOf(read.public[at]?.statements ?? [])];
        const { allowed, denied } = callsOf(definition);
        for (const [calls, expected] of [
          [allowed, true],
          [denied, false],
        ] as const) {
          for (const call of calls) {
            if ((await allows(policies, call)) !== expected) {
              wrong.push({ title: definition.title, call, expected });
            }
          }
        }
      }
      expect(REAL_DEFINITIONS.length).toBeGreaterThanOrEqual(60);
      expect(wrong).toEqual([]);
    });

    test("result in this policy in a role of the module, and of the construct if only Terraform knows them", async () => {
      const ACCOUNT = "123456789012";
      const definitions = [...REAL_DEFINITIONS.entries()].filter(([at]) => at % 10 === 0);
      const jsonOf = (given: (typeof REAL_DEFINITIONS)[number]) =>
        byJson(given).containerDefinitions.replaceAll("111122223333", ACCOUNT);
      const workspace = new Workspace(parts, "roles");
      workspace.synthesize((stack) => {
        for (const [at, definition] of definitions) {
          const roleName = `construct-${at}`;
          const containerDefinitions = readByTerraform(stack, roleName, jsonOf(definition));
          new EcsTaskExecutionRole(stack, roleName, { roleName, access: { containerDefinitions } });
        }
      });
      const modules = definitions.map(([at, definition]) => [
        `module-${at}`,
        { source: "./role", role_name: `module-${at}`, access: { container_definitions: jsonOf(definition) } },
      ]);
      await workspace.writeModule("role");
      await workspace.write("modules.tf.json", JSON.stringify({ module: Object.fromEntries(modules) }));
      const { resources = [], child_modules = [] } = (await workspace.plan()).json.planned_values.root_module;
      const policies = [...resources, ...child_modules.flatMap((module) => module.resources ?? [])]
        .filter(({ type }) => type === "aws_iam_policy")
        .map(({ values }) => {
          const { Statement } = JSON.parse(String(values.policy)) as { Statement: { Sid: string; Resource: string }[] };
          return [
            String(values.name).replace(/-access$/, ""),
            resourcesIn(Statement.map(({ Sid, Resource }) => ({ sid: Sid, resources: [Resource].flat() }))),
          ];
        });
      const expected = definitions.flatMap(([at, definition]) =>
        ["construct", "module"].map((reader) => [`${reader}-${at}`, expectedResources(definition, ACCOUNT)]),
      );
      expect(Object.fromEntries(policies)).toEqual(Object.fromEntries(expected));
      expect(definitions.length).toBeGreaterThan(5);
    });
  });

  describe("that are generated", () => {
    test("result in the same statements in Terraform and in TypeScript", () => {
      const bySynth = VALID.map((containerDefinitions) => resourcesIn(statementsOf({ containerDefinitions }, PLACE)));
      expect(read.valid.map(({ statements }) => resourcesIn(statements))).toEqual(bySynth);
      expect(read.valid.flatMap(({ faults }) => faults)).toEqual([]);
      expect(VALID.length).toBeGreaterThan(20);
    });
  });
});
