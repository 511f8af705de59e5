import { join } from "node:path";
import { type TerraformStack, TerraformVariable } from "cdktf";
import fc from "fast-check";
import { EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import { type CheckedKind, VALUE_FORMATS } from "../../modules/ecs-task-execution-role/aws/container-fields";
import { DERIVED_FIELDS } from "../../modules/ecs-task-execution-role/aws/container-grants";
import { offendersInTerraform, valuesInTerraform } from "../../modules/ecs-task-execution-role/hcl/containers";
import { derivedInTerraform } from "../../modules/ecs-task-execution-role/hcl/grants";
import { readContainers } from "../../modules/ecs-task-execution-role/synth/containers";
import { grantsOf } from "../../modules/ecs-task-execution-role/synth/grants";
import { hasFormat } from "../../modules/ecs-task-execution-role/synth/offenders";
import { arbitraryContainer } from "../support/arbitrary-containers";
import { evaluateInConsole } from "../support/console";
import { endToEnd } from "../support/end-to-end";
import { allows, type PolicyDocument } from "../support/evaluate";
import { callsOf, expectedResources, REAL_DEFINITIONS, type RealDefinition } from "../support/real-definitions";
import { rootWithModule } from "../support/root-module";
import { Workspace } from "../support/workspace";

const ACCOUNT = "123456789012";

/** The definitions as JSON, with the account ID of the emulated AWS. */
const jsonOf = ({ containerDefinitions }: RealDefinition) =>
  JSON.stringify(containerDefinitions).replaceAll("111122223333", ACCOUNT);

const PLACE = { partition: "aws", region: "us-east-1", account: "111122223333" };

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
    const corpus = fc.sample(fc.array(arbitraryContainer, { maxLength: 3 }), { seed: 8, numRuns: 250 });
    const kinds = Object.keys(VALUE_FORMATS) as CheckedKind[];
    let byTerraform: Record<string, unknown>;
    beforeAll(() => {
      const values = DERIVED_FIELDS.map(
        (field) =>
          [
            field,
            `sort(${derivedInTerraform(field, (kind) => valuesInTerraform(kind, "containers"), PLACE)})`,
          ] as const,
      );
      const faults = kinds.map(
        (kind) =>
          [`faults_${kind}`, `length(${offendersInTerraform(kind, VALUE_FORMATS[kind], "containers")}) > 0`] as const,
      );
      const members = [...values, ...faults].map(
        ([name, expression]) => `${name} = [for containers in local.input : ${expression}]`,
      );
      byTerraform = evaluateInConsole(parts, corpus, `{ ${members.join(", ")} }`) as Record<string, unknown>;
    });

    test.each(DERIVED_FIELDS)("result in the same %s in Terraform and in TypeScript", (field) => {
      expect(byTerraform[field]).toEqual(
        corpus.map((containerDefinitions) => [...new Set(grantsOf({ containerDefinitions }, PLACE)[field])].sort()),
      );
    });

    test.each(kinds)("have the same faults in Terraform and in TypeScript: %s", (kind) => {
      const faults = corpus.map((containers) =>
        readContainers(containers).values.some(
          (found) => found.kind === kind && !hasFormat(VALUE_FORMATS[kind], found.value),
        ),
      );
      expect(byTerraform[`faults_${kind}`]).toEqual(faults);
      expect(faults.filter(Boolean).length).toBeGreaterThan(5);
    });
  });

  describe("are rejected by the Terraform module with the container and the field:", () => {
    const REFUSED: [what: string, json: string, message: string][] = [
      [
        "text that is not JSON",
        "[{",
        'got ["text of 2 characters that is not JSON"]; must be container definitions: a list, the list as JSON, or a task definition that contains them.',
      ],
      [
        "JSON that is not container definitions",
        '{"name":"app","image":"nginx"}',
        'got ["text of 30 characters that is not a list of container definitions"]; must be container definitions',
      ],
      [
        "secrets with another structure",
        '[{"name":"app","image":"nginx","secrets":{},"LogConfiguration":{}}]',
        'got ["app: LogConfiguration: must be spelled logConfiguration","app: secrets: not a list of { name, valueFrom }"]; must match the structure and the key spelling of the ECS API.',
      ],
      [
        "an invalid image",
        '[{"name":"app","image":"My App"}]',
        'got ["app: image: \\"My App\\""]; must be an image reference.',
      ],
      [
        "a valueFrom with an ARN of another service",
        '[{"name":"app","image":"nginx","secrets":[{"name":"A","valueFrom":"arn:aws:s3:::b/k"}]}]',
        'got ["app: secrets[0].valueFrom: \\"arn:aws:s3:::b/k\\""]; must be the ARN of a Secrets Manager secret',
      ],
      [
        "registry credentials with an ARN of another service",
        '[{"name":"app","image":"nginx","repositoryCredentials":{"credentialsParameter":"arn:aws:s3:::b/k"}}]',
        'got ["app: repositoryCredentials.credentialsParameter: \\"arn:aws:s3:::b/k\\""]; must be the ARN or the name of a Secrets Manager secret.',
      ],
      [
        "an invalid log group",
        '[{"name":"app","image":"nginx","logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"a b"}}}]',
        'got ["app: logConfiguration.options.awslogs-group: \\"a b\\""]; must be the name of a CloudWatch log group, 1 to 512',
      ],
      [
        "an invalid environment file",
        '[{"name":"app","image":"nginx","environmentFiles":[{"type":"s3","value":"config/app.env"}]}]',
        'got ["app: environmentFiles[0].value: \\"config/app.env\\""]; must be the ARN of an S3 object.',
      ],
      [
        "an invalid credential specification",
        '[{"name":"app","image":"nginx","credentialSpecs":["gmsa.json"]}]',
        'got ["app: credentialSpecs[0]: \\"gmsa.json\\""]; must be a credential specification in S3, in an SSM parameter or in a file.',
      ],
    ];
    let output: string;
    beforeAll(async () => {
      const root = await rootWithModule(parts, join(parts.folder, "refused"));
      const modules = REFUSED.map(([, json], at) => [
        `refused_${at}`,
        { source: "./role", access: { container_definitions: json } },
      ]);
      await root.write("main.tf.json", JSON.stringify({ module: Object.fromEntries(modules) }));
      const planned = await root.terraform("plan", "-input=false");
      expect(planned.code).toBe(1);
      output = planned.output.replace(/\n[│\s]*/g, " ");
    });

    test.each(REFUSED)("%s", (_what, _json, message) => {
      expect(output).toContain(`access.container_definitions: ${message}`);
    });
  });
});
