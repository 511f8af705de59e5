import { join } from "node:path";
import { type TerraformStack, TerraformVariable } from "cdktf";
import fc from "fast-check";
import { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import { type CheckedKind, VALUE_FORMATS } from "../../modules/ecs-task-execution-role/aws/container-fields";
import { SHAPES_WORDING, VALUES_OF_CONTAINERS } from "../../modules/ecs-task-execution-role/rules/container-rules";
import { RULES } from "../../modules/ecs-task-execution-role/rules/rules";
import { readContainers } from "../../modules/ecs-task-execution-role/synth/read-containers";
import { hasFormat, violationsOf } from "../../modules/ecs-task-execution-role/synth/violations";
import { arbitraryContainer } from "../support/arbitrary-containers";
import { endToEnd } from "../support/end-to-end";
import { allows, type PolicyDocument } from "../support/evaluate";
import { callsOf, expectedResources, REAL_DEFINITIONS, type RealDefinition } from "../support/real-definitions";
import { rootWithModule } from "../support/root-module";
import { statementsOf } from "../support/statements";
import { PLACE, type ReadAccess, readInTerraform } from "../support/terraform-reader";
import { Workspace } from "../support/workspace";

const ACCOUNT = "123456789012";

/** The definitions as JSON, with the account ID of the emulated AWS. */
const jsonOf = ({ containerDefinitions }: RealDefinition) =>
  JSON.stringify(containerDefinitions).replaceAll("111122223333", ACCOUNT);

/** A reference to the JSON, which only Terraform knows. */
const readByTerraform = (stack: TerraformStack, id: string, json: string) =>
  new TerraformVariable(stack, `${id}-json`, { type: "string", default: json }).stringValue;

const DEFINITIONS = [...REAL_DEFINITIONS.entries()];

/**
 * Who reads which definitions, by the prefix of the roles' names. The module and the construct generate the same
 * expressions, which take Terraform a fifth of a second for each role, so each of them gets every other definition.
 */
const READERS = {
  known: { name: "the construct at synth", definitions: DEFINITIONS },
  module: { name: "Terraform in the module", definitions: DEFINITIONS.filter(([at]) => at % 2 === 0) },
  read: { name: "Terraform in the construct's stack", definitions: DEFINITIONS.filter(([at]) => at % 2 === 1) },
};

endToEnd("container definitions", (parts) => {
  describe("from public sources", () => {
    /** The policies of one plan with every definition, by the names of their roles. */
    let planned: Record<string, PolicyDocument>;
    beforeAll(async () => {
      const workspace = new Workspace(parts, "every-reader");
      workspace.synthesize((stack) => {
        for (const [at, definition] of READERS.known.definitions) {
          const roleName = `known-${at}`;
          new EcsTaskExecutionRole(stack, roleName, { roleName, access: { containerDefinitions: jsonOf(definition) } });
        }
        for (const [at, definition] of READERS.read.definitions) {
          const roleName = `read-${at}`;
          const containerDefinitions = readByTerraform(stack, roleName, jsonOf(definition));
          new EcsTaskExecutionRole(stack, roleName, { roleName, access: { containerDefinitions } });
        }
      });
      const modules = READERS.module.definitions.map(([at, definition]) => [
        `module-${at}`,
        { source: "./role", role_name: `module-${at}`, access: { container_definitions: jsonOf(definition) } },
      ]);
      await workspace.writeModule("role");
      await workspace.write("modules.tf.json", JSON.stringify({ module: Object.fromEntries(modules) }));
      const { resources = [], child_modules = [] } = (await workspace.plan()).json.planned_values.root_module;
      const policies = [...resources, ...child_modules.flatMap((module) => module.resources ?? [])]
        .filter(({ type }) => type === "aws_iam_policy")
        .map(({ values }) => [String(values.name).replace(/-access$/, ""), JSON.parse(String(values.policy))]);
      planned = Object.fromEntries(policies);
    });

    const resourcesIn = ({ Statement }: PolicyDocument) =>
      Object.fromEntries(
        (Statement as { Sid: string; Resource: string | string[] }[]).map(({ Sid, Resource }) => [
          Sid,
          [Resource].flat().sort(),
        ]),
      );

    const readers = Object.entries(READERS).map(([prefix, reader]) => ({ prefix, ...reader }));

    test.each(readers)("result in the expert's policy, read by $name", ({ prefix, definitions }) => {
      expect(definitions.length).toBeGreaterThanOrEqual(30);
      for (const [at, definition] of definitions) {
        const { title } = definition;
        const policy = resourcesIn(planned[`${prefix}-${at}`] as PolicyDocument);
        expect({ title, policy }).toEqual({ title, policy: expectedResources(definition, ACCOUNT) });
      }
    });

    test("allow every call that starts the task, and deny similar calls", async () => {
      const wrong: unknown[] = [];
      for (const [at, definition] of DEFINITIONS) {
        const policies = [(planned[`module-${at}`] ?? planned[`read-${at}`]) as PolicyDocument];
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
      expect(DEFINITIONS.length).toBeGreaterThanOrEqual(60);
      expect(wrong).toEqual([]);
    });
  });

  describe("that are generated", () => {
    // Each container has its own name, so that one list of definitions can contain many.
    const corpus = fc
      .sample(fc.array(arbitraryContainer, { minLength: 1, maxLength: 3 }), { seed: 8, numRuns: 250 })
      .map((containers, at) => containers.map((container, index) => ({ ...container, name: `c${at}x${index}` })));
    const faultsOf = (containerDefinitions: readonly object[]) =>
      RULES.flatMap((rule) => violationsOf(rule, { access: { containerDefinitions } }));
    const valid = fc
      .sample(arbitraryContainer, { seed: 9, numRuns: 3000 })
      .filter((container) => faultsOf([container]).length === 0)
      .map((container) => [container]);
    const kinds = Object.keys(VALUE_FORMATS) as CheckedKind[];
    const PACKS = 25;
    let read: readonly ReadAccess[];

    beforeAll(async () => {
      // Terraform takes longer than proportionally for long lists.
      const packs = Array.from({ length: PACKS }, (_, pack) => corpus.filter((_one, at) => at % PACKS === pack));
      const asJson = packs.map((pack) => ({
        containerDefinitions: pack.map((containers) => JSON.stringify(containers)),
      }));
      const asLists = corpus.slice(0, 25).map((containerDefinitions) => ({ containerDefinitions }));
      const all = await readInTerraform(parts, "generated", [
        ...asJson,
        { containerDefinitions: valid.map((containers) => JSON.stringify(containers)) },
        ...asLists,
      ]);
      read = [{ statements: [], faults: all.slice(0, PACKS).flatMap(({ faults }) => faults) }, ...all.slice(PACKS)];
    });

    /** The containers that have a fault with this wording, by their names. */
    const namesIn = (faults: readonly string[], must: string) =>
      [
        ...new Set(
          faults.filter((one) => one.includes(`; must ${must}. Fix`)).map((one) => one.match(/\["(.+?)"\]/)?.[1]),
        ),
      ].sort();

    test.each(kinds)("have the same faults in Terraform and in TypeScript: %s", (kind) => {
      const must = VALUES_OF_CONTAINERS.find(({ value }) => value === kind)?.must ?? "";
      const bySynth = corpus.flatMap((containers) =>
        readContainers(containers).values.flatMap((found) =>
          found.kind === kind && !hasFormat(VALUE_FORMATS[kind], found.value) ? [found.container] : [],
        ),
      );
      expect(namesIn(read[0]?.faults ?? [], must)).toEqual([...new Set(bySynth)].sort());
      expect(bySynth.length).toBeGreaterThan(5);
    });

    test("have the same faults of structure in Terraform and in TypeScript", () => {
      const bySynth = corpus.flatMap((containers) =>
        readContainers(containers).structureViolations.map(({ container }) => container),
      );
      expect(namesIn(read[0]?.faults ?? [], SHAPES_WORDING.must)).toEqual([...new Set(bySynth)].sort());
    });

    test("result in the same statements in Terraform and in TypeScript", () => {
      const set = (texts: readonly string[]) => [...new Set(texts)].sort();
      const containerDefinitions = valid.map((containers) => JSON.stringify(containers));
      expect(read[1]?.faults).toEqual([]);
      expect(read[1]?.statements.map(({ sid, resources }) => [sid, set(resources)])).toEqual(
        statementsOf({ containerDefinitions }, PLACE).map(({ sid, resources }) => [sid, set(resources)]),
      );
      expect(valid.length).toBeGreaterThan(20);
    });

    test("are read alike as JSON and as lists", () => {
      for (const [at, containers] of corpus.slice(0, 25).entries()) {
        const inJson =
          read[0]?.faults
            .filter((fault) => containers.some(({ name }) => fault.includes(`["${name}"]`)))
            .map((fault) => fault.replace(/^role \d+/, "role")) ?? [];
        const inList = read[2 + at]?.faults.map((fault) => fault.replace(/^role \d+/, "role")) ?? [];
        expect([...inList].sort()).toEqual([...inJson].sort());
      }
    });
  });

  describe("are rejected by the Terraform module with the container and the field:", () => {
    const REFUSED: [what: string, json: string, message: string][] = [
      [
        "text that is not JSON",
        "[{",
        ": got text of 2 characters that is not JSON; must be container definitions: a list, the list as JSON, or a task definition that contains them.",
      ],
      [
        "JSON that is not container definitions",
        '{"name":"app","image":"nginx"}',
        ": got text of 30 characters that is not container definitions; must be container definitions",
      ],
      [
        "secrets with another structure",
        '[{"name":"app","image":"nginx","secrets":{},"LogConfiguration":{}}]',
        '["app"].secrets: got a value that is not a list of { name, valueFrom }; must match the structure and the key spelling of the ECS API.',
      ],
      [
        "an invalid image",
        '[{"name":"app","image":"My App"}]',
        '["app"].image: got "My App"; must be an image reference.',
      ],
      [
        "a valueFrom with an ARN of another service",
        '[{"name":"app","image":"nginx","secrets":[{"name":"A","valueFrom":"arn:aws:s3:::b/k"}]}]',
        '["app"].secrets[0].valueFrom: got "arn:aws:s3:::b/k"; must be the ARN of a Secrets Manager secret',
      ],
      [
        "registry credentials with an ARN of another service",
        '[{"name":"app","image":"nginx","repositoryCredentials":{"credentialsParameter":"arn:aws:s3:::b/k"}}]',
        '["app"].repositoryCredentials.credentialsParameter: got "arn:aws:s3:::b/k"; must be the ARN or the name of a Secrets Manager secret.',
      ],
      [
        "an invalid log group",
        '[{"name":"app","image":"nginx","logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"a b"}}}]',
        '["app"].logConfiguration.options.awslogs-group: got "a b"; must be the name of a CloudWatch log group, 1 to 512',
      ],
      [
        "an invalid environment file",
        '[{"name":"app","image":"nginx","environmentFiles":[{"type":"s3","value":"config/app.env"}]}]',
        '["app"].environmentFiles[0].value: got "config/app.env"; must be the ARN of an S3 object, without wildcards',
      ],
      [
        "an invalid credential specification",
        '[{"name":"app","image":"nginx","credentialSpecs":["gmsa.json"]}]',
        '["app"].credentialSpecs[0]: got "gmsa.json"; must be a credential specification in S3, in an SSM parameter or in a file.',
      ],
      [
        "a key that is almost right",
        '[{"name":"app","image":"nginx","secret":[],"environment_files":[],"secrets":[{"name":"A","value_from":"/a"}]}]',
        '["app"].secrets[0].value_from: got a key that must be spelled valueFrom; must match the structure',
      ],
    ];
    let output: string;
    beforeAll(async () => {
      const root = await rootWithModule(parts, join(parts.folder, "refused"));
      const modules = REFUSED.map(([, json], at) => [
        `refused_${at}`,
        { source: "./role", role_name: `refused-${at}`, access: { container_definitions: json } },
      ]);
      await root.write("main.tf.json", JSON.stringify({ module: Object.fromEntries(modules) }));
      const planned = await root.terraform("plan", "-input=false");
      expect(planned.code).toBe(1);
      output = planned.output.replace(/\n[│\s]*/g, " ");
    });

    test.each(REFUSED.map((one, at) => [...one, at] as const))("%s", (_what, _json, message, at) => {
      expect(output).toContain(`role "refused-${at}": access.container_definitions${message}`);
    });
  });
});
