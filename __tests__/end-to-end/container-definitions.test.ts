import { join } from "node:path";
import { type TerraformStack, TerraformVariable } from "cdktf";
import fc from "fast-check";
import { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import { KINDS, type Kind } from "../../modules/ecs-task-execution-role/container-definitions";
import { valuesOf } from "../../modules/ecs-task-execution-role/container-values";
import {
  derivedInTerraform,
  offendersInTerraform,
} from "../../modules/ecs-task-execution-role/container-values-in-terraform";
import { DERIVED_FIELDS, grantsOf } from "../../modules/ecs-task-execution-role/grants";
import { matches } from "../../modules/ecs-task-execution-role/rule";
import { policyDocuments } from "../support/account";
import { arbitraryContainer } from "../support/arbitrary-containers";
import { evaluateInConsole } from "../support/console";
import { endToEnd } from "../support/end-to-end";
import { allows } from "../support/evaluate";
import { callsOf, expectedResources, REAL_DEFINITIONS, type RealDefinition } from "../support/real-definitions";
import { type PlannedModule, rootWithModule } from "../support/root-module";
import { Workspace } from "../support/workspace";

const ACCOUNT = "123456789012";

/** The definitions as if their own account were the emulated one. */
const jsonOf = ({ containerDefinitions }: RealDefinition) =>
  JSON.stringify(containerDefinitions).replaceAll("111122223333", ACCOUNT);

/** Every other one is applied too, which takes half a second each. */
const APPLIED = REAL_DEFINITIONS.filter((_, at) => at % 2 === 0);

const PLACE = { partition: "aws", region: "us-east-1", account: "111122223333" };

/** The same as something that only Terraform knows. */
const readByTerraform = (stack: TerraformStack, id: string, json: string) =>
  new TerraformVariable(stack, `${id}-json`, { type: "string", default: json }).stringValue;

endToEnd("container definitions", (parts) => {
  const resourcesIn = (policy: unknown) =>
    Object.fromEntries(
      (JSON.parse(String(policy)).Statement as { Sid: string; Resource: string | string[] }[]).map(
        ({ Sid, Resource }) => [Sid, [Resource].flat().sort()],
      ),
    );
  const expectTheExperts = (resources: PlannedModule["resources"] = [], prefix = "") => {
    const planned = resources.filter(({ type }) => type === "aws_iam_policy");
    const byName = Object.fromEntries(planned.map(({ values }) => [values.name, values.policy]));
    for (const [at, definition] of REAL_DEFINITIONS.entries()) {
      const { title } = definition;
      const policy = resourcesIn(byName[`${prefix}${at}-access`]);
      expect({ title, policy }).toEqual({ title, policy: expectedResources(definition, ACCOUNT) });
    }
  };

  test("from public sources give the expert's policy in the Terraform module", async () => {
    const root = await rootWithModule(parts, join(parts.folder, "module"));
    const modules = REAL_DEFINITIONS.map((definition, at) => [
      `role-${at}`,
      { source: "./role", role_name: `${at}`, access: { container_definitions: jsonOf(definition) } },
    ]);
    await root.write("main.tf.json", JSON.stringify({ module: Object.fromEntries(modules) }));
    const planned = (await root.plan()).json.planned_values.root_module.child_modules ?? [];
    expectTheExperts(planned.flatMap(({ resources }) => resources ?? []));
  });

  test("from public sources give it in the construct, known at synth or read by Terraform, and in IAM", async () => {
    const workspace = new Workspace(parts, "constructs");
    workspace.synthesize((stack) => {
      for (const [at, definition] of REAL_DEFINITIONS.entries()) {
        const json = jsonOf(definition);
        new EcsTaskExecutionRole(stack, `known-${at}`, {
          roleName: `known-${at}`,
          access: { containerDefinitions: json },
        });
        new EcsTaskExecutionRole(stack, `read-${at}`, {
          roleName: `read-${at}`,
          access: { containerDefinitions: readByTerraform(stack, `read-${at}`, json) },
        });
      }
    });
    const planned = (await workspace.plan()).json.planned_values.root_module.resources;
    expectTheExperts(planned, "known-");
    expectTheExperts(planned, "read-");
  });

  test("from public sources let ECS make every call that starts the task, and not its neighbour", async () => {
    const workspace = new Workspace(parts, "evaluated");
    workspace.synthesize((stack) => {
      for (const [at, definition] of APPLIED.entries()) {
        const json = jsonOf(definition);
        const containerDefinitions = at % 2 === 0 ? json : readByTerraform(stack, `definitions-${at}`, json);
        new EcsTaskExecutionRole(stack, `role-${at}`, { roleName: `role-${at}`, access: { containerDefinitions } });
      }
    });
    await workspace.apply();
    await workspace.expectNoChanges();
    const wrong: unknown[] = [];
    for (const [at, definition] of APPLIED.entries()) {
      const policies = await policyDocuments(parts.iam, `role-${at}`);
      const { allowed, denied } = callsOf(definition, ACCOUNT);
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
    expect(APPLIED.length).toBeGreaterThanOrEqual(30);
    expect(wrong).toEqual([]);
    await workspace.destroy();
  });

  describe("that are generated", () => {
    const corpus = fc.sample(fc.array(arbitraryContainer, { maxLength: 3 }), { seed: 8, numRuns: 250 });

    test.each(DERIVED_FIELDS)("give the same %s by Terraform's functions as by ours", (field) => {
      const expression = derivedInTerraform(field, "containers", PLACE);
      const byTerraform = evaluateInConsole(parts, corpus, `[for containers in local.input : sort(${expression})]`);
      expect(byTerraform).toEqual(
        corpus.map((containerDefinitions) => [...new Set(grantsOf({ containerDefinitions }, PLACE)[field])].sort()),
      );
    });

    test.each((Object.keys(KINDS) as Kind[]).filter((kind) => kind !== "newLogGroup"))(
      "hold the same faults for Terraform as for us: %s",
      (kind) => {
        const { patterns } = KINDS[kind];
        const expression = offendersInTerraform(kind, patterns, "containers");
        const byTerraform = evaluateInConsole(
          parts,
          corpus,
          `[for containers in local.input : length(${expression}) > 0]`,
        );
        const faults = corpus.map((containers) =>
          valuesOf(containers).some(
            (found) => found.kind === kind && !patterns.some((pattern) => matches(pattern, found.value)),
          ),
        );
        expect(byTerraform).toEqual(faults);
        expect(faults.filter(Boolean).length).toBeGreaterThan(5);
      },
    );
  });

  test.each([
    ["text that is no JSON", "[{", "must be an array of container definitions, or its JSON."],
    ["JSON of something else", '["app"]', "must be an array of container definitions, or its JSON."],
    ["an image that is none", '[{"name":"app","image":"My App"}]', '["app: image: \\"My App\\""]; must be an image.'],
    [
      "a valueFrom of another service",
      '[{"name":"app","image":"nginx","secrets":[{"name":"A","valueFrom":"arn:aws:s3:::b/k"}]}]',
      '["app: secrets[].valueFrom: \\"arn:aws:s3:::b/k\\""]; must be the ARN of a Secrets Manager secret',
    ],
  ])("are refused by the Terraform module with the container and the field: %s", async (_, json, message) => {
    const root = await rootWithModule(parts, join(parts.folder, `refused-${json.length}`));
    const access = { container_definitions: json };
    await root.write("main.tf.json", JSON.stringify({ module: { role: { source: "./role", access } } }));
    const { code, output } = await root.terraform("validate");
    const planned = code === 0 ? await root.terraform("plan", "-input=false") : { code, output };
    expect(planned.code).toBe(1);
    expect(planned.output.replace(/\n[│\s]*/g, " ")).toContain(`access.container_definitions: got`);
    expect(planned.output.replace(/\n[│\s]*/g, " ")).toContain(message);
  });
});
