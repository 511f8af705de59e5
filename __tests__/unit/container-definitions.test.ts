import { App, Fn, Lazy, TerraformStack, Token } from "cdktf";
import { EcsTaskExecutionRole, type TaskExecutionAccess } from "../../modules/ecs-task-execution-role";
import { expectedResources, REAL_DEFINITIONS } from "../support/real-definitions";
import { statementsOf } from "../support/statements";
import { synthesize } from "../support/synthesize";

const PLACE = { partition: "aws", region: "us-east-1", account: "111122223333" };
const ECR_IMAGE = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders:v1";
const INPUT = "access.containerDefinitions";

const resourcesOf = (access: TaskExecutionAccess) =>
  Object.fromEntries(statementsOf(access, PLACE).map(({ sid, resources }) => [sid, [...resources].sort()]));

const create = (containerDefinitions: unknown) => () =>
  new EcsTaskExecutionRole(new TerraformStack(new App(), "stack"), "execution", {
    access: { containerDefinitions } as TaskExecutionAccess,
  });

const app = (more: object = {}) => ({ name: "app", image: "nginx", ...more });
const awslogs = (options: object) => app({ logConfiguration: { logDriver: "awslogs", options } });

describe("container definitions", () => {
  test("in the fixture come from at least thirty public sources", () => {
    expect(REAL_DEFINITIONS.length).toBeGreaterThanOrEqual(30);
    expect(new Set(REAL_DEFINITIONS.map(({ source }) => source)).size).toBeGreaterThanOrEqual(30);
  });

  test.each(REAL_DEFINITIONS.map((definition) => [definition.title, definition] as const))(
    "grant what an expert grants: %s",
    (_, definition) => {
      const { containerDefinitions } = definition;
      expect(resourcesOf({ containerDefinitions })).toEqual(expectedResources(definition));
      expect(resourcesOf({ containerDefinitions: JSON.stringify(containerDefinitions) })).toEqual(
        expectedResources(definition),
      );
    },
  );

  test.each([
    ["a FIPS endpoint", "111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com/app:v1", "us-gov-west-1"],
    [
      "a dual-stack endpoint",
      `111122223333.dkr-ecr.eu-west-1.on.aws/app@sha256:${"0123456789abcdef".repeat(4)}`,
      "eu-west-1",
    ],
    ["a dual-stack FIPS endpoint", "111122223333.dkr-ecr-fips.us-east-2.on.aws/app", "us-east-2"],
    ["the China partition", "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/app", "cn-north-1"],
    ["an isolated Region", "111122223333.dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk/app", "eu-isoe-west-1"],
    ["the European Sovereign Cloud", "111122223333.dkr.ecr.eusc-de-east-1.amazonaws.eu/app", "eusc-de-east-1"],
  ])("recognize the ECR registry of %s", (_, image, region) => {
    expect(resourcesOf({ containerDefinitions: [app({ image })] }).PullImages).toEqual([
      `arn:aws:ecr:${region}:111122223333:repository/app`,
    ]);
  });

  test("grant nothing for a registry that only looks like ECR", () => {
    const image = "111122223333.dkr.ecr.us-east-1.amazonaws.com.example.org/app";
    expect(resourcesOf({ containerDefinitions: [app({ image })] })).toEqual({ NothingNeeded: ["*"] });
  });

  test("add to the other fields and to earlier grants", () => {
    const { data } = synthesize((stack) => {
      const execution = new EcsTaskExecutionRole(stack, "execution", {
        access: { containerDefinitions: [awslogs({ "awslogs-group": "/a" })], logGroups: [], guardDutyAgent: true },
      });
      execution.grant({ containerDefinitions: JSON.stringify([awslogs({ "awslogs-group": "/b" })]) });
    });
    const documents = Object.values(data.aws_iam_policy_document ?? {});
    const statements = documents.flatMap(({ statement }) => statement as { sid?: string; resources: string[] }[]);
    const arn = (name: string) =>
      expect.stringMatching(new RegExp(`:logs:\\$\\{data\\.aws_region\\..*:log-group:${name}:\\*$`));
    expect(statements.find(({ sid }) => sid === "WriteLogs")?.resources).toEqual([arn("/a"), arn("/b")]);
    expect(statements.find(({ sid }) => sid === "PullGuardDutyAgent")).toBeDefined();
  });

  test("add data sources for the account and the Region only if they are set", () => {
    const { data } = synthesize((stack) => {
      new EcsTaskExecutionRole(stack, "execution", { access: { guardDutyAgent: true } });
    });
    expect(Object.keys(data).sort()).toEqual(["aws_iam_policy_document", "aws_partition"]);
  });

  test.each<[string, unknown, string]>([
    ["text that is not JSON", "[{", `${INPUT}: got text that is not JSON (2 characters`],
    [
      "a list that contains null",
      [null],
      `${INPUT}: got JSON that is not container definitions; must be container definitions`,
    ],
    ["a list of names", '["app"]', `${INPUT}["0"]: got a string, not an object; must match the structure`],
    ["no image", [{ name: "app" }], `${INPUT}["app"].image: got nothing; must be an image reference.`],
    [
      "an invalid image",
      [app({ image: "My App" })],
      `${INPUT}["app"].image: got "My App" (6 characters); must be an image reference.`,
    ],
    [
      "a valueFrom with an ARN of another service",
      [app({ secrets: [{ name: "A", valueFrom: "arn:aws:s3:::bucket/key" }] })],
      `${INPUT}["app"].secrets[0].valueFrom: got "arn:aws:s3:::bucket/key" (23 characters); must be the ARN of a Secrets Manager secret or of an SSM parameter, or a parameter's name.`,
    ],
    [
      "a secret without valueFrom",
      [app({ secrets: [{ name: "A" }] })],
      `${INPUT}["app"].secrets[0].valueFrom: got nothing; must be the ARN`,
    ],
    [
      "secrets as a string",
      [app({ secrets: "db" })],
      `${INPUT}["app"].secrets: got a string, not a list of { name, valueFrom }; must match the structure`,
    ],
    [
      "secrets as an object",
      [app({ secrets: {} })],
      `${INPUT}["app"].secrets: got an object, not a list of { name, valueFrom }`,
    ],
    [
      "secrets as a list of strings",
      [app({ secrets: ["/a"] })],
      `${INPUT}["app"].secrets[0]: got a string, not an object`,
    ],
    [
      "a log configuration as a list",
      [app({ logConfiguration: [{ logDriver: "awslogs" }] })],
      `${INPUT}["app"].logConfiguration: got a list, not an object`,
    ],
    [
      "no log group",
      [awslogs({ "awslogs-region": "us-east-1" })],
      `${INPUT}["app"].logConfiguration.options.awslogs-group: got nothing; must be the name of a CloudWatch log group, 1 to 512`,
    ],
    [
      "a log group with a wildcard",
      [awslogs({ "awslogs-group": "/ecs/*", "awslogs-region": "eu-west-1" })],
      `${INPUT}["app"].logConfiguration.options.awslogs-group: got "/ecs/*" (6 characters)`,
    ],
    [
      "a log group that is too long",
      [awslogs({ "awslogs-group": "a".repeat(513) })],
      `${INPUT}["app"].logConfiguration.options.awslogs-group: got "${"a".repeat(159)}... (513 characters)`,
    ],
    [
      "an invalid Region",
      [awslogs({ "awslogs-group": "/a", "awslogs-region": "Frankfurt" })],
      `${INPUT}["app"].logConfiguration.options.awslogs-region: got "Frankfurt" (9 characters); must be a Region.`,
    ],
    [
      "a Region in a list",
      [awslogs({ "awslogs-group": "/a", "awslogs-region": ["eu-west-1"] })],
      `${INPUT}["app"].logConfiguration.options.awslogs-region: got ["eu-west-1"]; must be a Region.`,
    ],
    [
      "a log driver in a list",
      [app({ logConfiguration: { logDriver: ["awslogs"] } })],
      `${INPUT}["app"].logConfiguration.logDriver: got ["awslogs"]; must be the name of a log driver.`,
    ],
    [
      "an invalid awslogs-create-group",
      [awslogs({ "awslogs-group": "/a", "awslogs-create-group": "yes" })],
      `${INPUT}["app"].logConfiguration.options.awslogs-create-group: got "yes" (3 characters); must be the string "true" or "false"`,
    ],
    ["an image as a number", [app({ image: 1 })], `${INPUT}["app"].image: got 1; must be an image reference.`],
    [
      "a digest that is too short",
      [app({ image: "nginx@sha256:0123" })],
      `${INPUT}["app"].image: got "nginx@sha256:0123" (17 characters); must be an image reference.`,
    ],
    ...["1234567890.dkr.ecr.us-east-1.amazonaws.com/app", "111122223333.dkr.ecr.us-east-1.amazonaws.com"].map(
      (image): [string, object[], string] => [
        `a registry that only looks like ECR: ${image}`,
        [app({ image })],
        `${INPUT}["app"].image: got "${image}" (${image.length} characters); must be an ECR image`,
      ],
    ),
    [
      "registry credentials for an image in ECR",
      [app({ image: ECR_IMAGE, repositoryCredentials: { credentialsParameter: "registry" } })],
      `${INPUT}["app"].repositoryCredentials.credentialsParameter: got "registry" (8 characters); must not be set for an image in ECR`,
    ],
    [
      "a valueFrom with an incomplete suffix",
      [
        app({
          secrets: [{ name: "A", valueFrom: "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf:key" }],
        }),
      ],
      `${INPUT}["app"].secrets[0].valueFrom: got "arn:aws:secretsmanager`,
    ],
    [
      "an environment file of an unknown type",
      [app({ environmentFiles: [{ type: "efs", value: "arn:aws:s3:::bucket/a.env" }] })],
      `${INPUT}["app"].environmentFiles[0].type: got "efs" (3 characters); must be "s3"`,
    ],
    [
      "a FireLens configuration file of an unknown type",
      [app({ firelensConfiguration: { options: { "config-file-type": "http" } } })],
      `${INPUT}["app"].firelensConfiguration.options.config-file-type: got "http" (4 characters); must be "s3" or "file".`,
    ],
    [
      "a policy variable in an environment file",
      [app({ environmentFiles: [{ type: "s3", value: "arn:aws:s3:::bucket/&{aws:username}" }] })],
      `${INPUT}["app"].environmentFiles[0].value: got`,
    ],
    [
      "more than ten containers",
      Array.from({ length: 11 }, (_, at) => app({ name: `c${at}` })),
      `${INPUT}: got 11 containers; must have at most 10 containers per task definition.`,
    ],
    [
      "keys in CloudFormation spelling",
      [{ Name: "app", Image: "nginx", Secrets: [] }],
      `${INPUT}["0"].Secrets: got a key that must be spelled secrets; must match the structure and the key spelling of the ECS API.`,
    ],
    [
      "some keys in CloudFormation spelling",
      [app({ logConfiguration: { LogDriver: "awslogs" }, secrets: [{ name: "A", ValueFrom: "/a" }] })],
      `${INPUT}["app"].logConfiguration.LogDriver: got a key that must be spelled logDriver`,
    ],
    [
      "an environment file as an S3 URL",
      [app({ environmentFiles: [{ type: "s3", value: "s3://bucket/a.env" }] })],
      `${INPUT}["app"].environmentFiles[0].value: got "s3://bucket/a.env" (17 characters); must be the ARN of an S3 object, without wildcards and IAM policy variables.`,
    ],
    [
      "a credential specification without a prefix",
      [app({ credentialSpecs: ["arn:aws:s3:::bucket/spec.json"] })],
      `${INPUT}["app"].credentialSpecs[0]: got "arn:aws:s3:::bucket/spec.json" (29 characters); must be a credential specification`,
    ],
    [
      "registry credentials that are not a secret",
      [app({ repositoryCredentials: { credentialsParameter: "arn:aws:ssm:us-east-1:111122223333:parameter/x" } })],
      `${INPUT}["app"].repositoryCredentials.credentialsParameter: got "arn:aws:ssm`,
    ],
    [
      "a wildcard in a valueFrom",
      [app({ secrets: [{ name: "A", valueFrom: "arn:aws:secretsmanager:*:111122223333:secret:*" }] })],
      `${INPUT}["app"].secrets[0].valueFrom: got "arn:aws:secretsmanager:*`,
    ],
    [
      "a wildcard in an environment file",
      [app({ environmentFiles: [{ type: "s3", value: "arn:aws:s3:::bucket/*" }] })],
      `${INPUT}["app"].environmentFiles[0].value: got "arn:aws:s3:::bucket/*"`,
    ],
    [
      "a bucket as a credential specification",
      [app({ credentialSpecs: ["credentialspec:arn:aws:s3:::bucket"] })],
      `${INPUT}["app"].credentialSpecs[0]: got`,
    ],
    ["a single container as JSON", JSON.stringify(app()), `${INPUT}: got a single container, not in a list`],
    ["a single container", app(), `${INPUT}: got a single container, not in a list`],
    [
      "JSON that is encoded twice",
      JSON.stringify(JSON.stringify([app()])),
      `${INPUT}: got JSON that was encoded twice`,
    ],
    ["a CloudFormation template", { Resources: {} }, `${INPUT}: got a CloudFormation template`],
    [
      "CloudFormation properties",
      { ContainerDefinitions: [] },
      `${INPUT}: got a task definition with CloudFormation keys`,
    ],
    ["an AWS Batch job definition", { containerProperties: {} }, `${INPUT}: got an AWS Batch job definition`],
    [
      "a Dockerrun file of version 1",
      { AWSEBDockerrunVersion: "1" },
      `${INPUT}: got a Dockerrun file without containerDefinitions`,
    ],
    ["a file name", "containers.json", `${INPUT}: got the name of a file instead of its content (15 characters)`],
    ["YAML", "- name: app\n  image: nginx\n", `${INPUT}: got YAML (`],
    ["JSON with comments", '[{"name": "app"}] // the app', `${INPUT}: got JSON with comments (`],
    [
      "a trailing comma",
      '[{"name": "app",}]',
      `${INPUT}: got JSON with a trailing comma (18 characters, the error is at character 17)`,
    ],
    [
      "a construct instead of its attribute",
      [app({ image: new TerraformStack(new App(), "x") })],
      `${INPUT}["app"].image: got a TerraformStack; must be an image reference.`,
    ],
    [
      "an empty image in a container without a name",
      [{ image: "" }],
      `${INPUT}["0"].image: got "" (0 characters); must be an image reference.`,
    ],
  ])("throw an error with the container and the field: %s", (_, definitions, violation) => {
    expect(create(definitions)).toThrow(violation);
  });

  test.each([[{ name: "app" }], [app({ image: 1 })]])("report an image that is no text once: %j", (container) => {
    expect(create([container])).not.toThrow("must be an ECR image");
  });

  test.each([
    ["a task definition", { family: "orders", containerDefinitions: [awslogs({ "awslogs-group": "/a" })] }],
    [
      "the output of describe-task-definition",
      { taskDefinition: { containerDefinitions: [awslogs({ "awslogs-group": "/a" })] } },
    ],
    ["a list of JSON strings", [JSON.stringify([app()]), JSON.stringify([awslogs({ "awslogs-group": "/a" })])]],
    ["a list of a container and a JSON string", [app(), JSON.stringify([awslogs({ "awslogs-group": "/a" })])]],
    ["JSON with a byte order mark", `\uFEFF${JSON.stringify([awslogs({ "awslogs-group": "/a" })])}`],
  ])("are found in %s", (_, definitions) => {
    const logs = { WriteLogs: ["arn:aws:logs:us-east-1:111122223333:log-group:/a:*"] };
    expect(resourcesOf({ containerDefinitions: definitions as object })).toEqual(logs);
    if (!Array.isArray(definitions) && typeof definitions !== "string") {
      expect(resourcesOf({ containerDefinitions: JSON.stringify(definitions) })).toEqual(logs);
    }
  });

  test("are limited to ten containers per task definition, not in total", () => {
    const six = JSON.stringify(Array.from({ length: 6 }, (_, at) => app({ name: `c${at}` })));
    expect(create([six, six])).not.toThrow();
    const execution = new EcsTaskExecutionRole(new TerraformStack(new App(), "stack"), "execution");
    for (const name of ["a", "b", "c"]) {
      execution.grant({ containerDefinitions: Array.from({ length: 6 }, (_, at) => app({ name: `${name}${at}` })) });
    }
    expect(() => execution.grant({ containerDefinitions: Array.from({ length: 11 }, () => app()) })).toThrow("11");
  });

  test("do not appear in errors, except for the invalid values", () => {
    const environment = [{ name: "PASSWORD", value: "hunter2" }];
    const violations = [
      JSON.stringify([app({ environment })]).slice(0, -1),
      JSON.stringify({ containers: [app({ environment })] }),
      [app({ environment, image: "A" })],
      [app({ environment, secrets: { environment } })],
    ];
    for (const definitions of violations) {
      expect(create(definitions)).toThrow(/^(?!.*hunter2).{0,700}$/s);
    }
  });

  test("accept what ECS accepts: empty credentials, non-ASCII object keys, parameters that refer to secrets", () => {
    const resources = resourcesOf({
      containerDefinitions: [
        app({
          repositoryCredentials: { credentialsParameter: "" },
          environmentFiles: [{ type: "s3", value: "arn:aws:s3:::bucket/grün.env" }],
          secrets: [
            { name: "A", valueFrom: "/aws/reference/secretsmanager/prod/db" },
            { name: "B", valueFrom: "arn:aws:ssm:eu-west-1:444455556666:parameter/aws/reference/secretsmanager/api" },
            { name: "C", valueFrom: "/aws/service/ecs/optimized-ami" },
          ],
        }),
      ],
    });
    expect(resources).toMatchObject({
      ReadEnvironmentFiles: ["arn:aws:s3:::bucket/grün.env"],
      ReadSecrets: [
        "arn:aws:secretsmanager:eu-west-1:444455556666:secret:api-??????",
        "arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-??????",
      ],
      ReadParameters: [
        "arn:aws:ssm:eu-west-1:444455556666:parameter/aws/reference/secretsmanager/api",
        "arn:aws:ssm:us-east-1:111122223333:parameter/aws/reference/secretsmanager/prod/db",
        "arn:aws:ssm:us-east-1::parameter/aws/service/ecs/optimized-ami",
      ],
    });
  });

  test("throw one error with all violations", () => {
    expect(create([app({ image: "A" }), { name: "b", image: "B" }])).toThrow(/\["app"\]\.image[\s\S]*\["b"\]\.image/);
  });

  test("do not grant log group creation for other log drivers", () => {
    const options = { "awslogs-group": "*", "awslogs-create-group": "true" };
    const containerDefinitions = [app({ logConfiguration: { logDriver: "fluentd", options } })];
    expect(resourcesOf({ containerDefinitions })).toEqual({ NothingNeeded: ["*"] });
  });

  test("or log groups are required to grant createLogGroups", () => {
    const execution = new EcsTaskExecutionRole(new TerraformStack(new App(), "stack"), "execution");
    expect(() => execution.grant({ createLogGroups: true })).toThrow(
      "must be set together with the log groups to create",
    );
    expect(() => execution.grant(undefined as unknown as TaskExecutionAccess)).toThrow(
      "must set at least one field that grants something",
    );
  });

  test.each<[string, unknown]>([
    ["a list token", Token.asList("${var.containers}")],
    ["a list token next to a literal", [app(), ...Token.asList("${var.containers}")]],
    ["a lazy string", Lazy.stringValue({ produce: () => '[{"name":"app","image":"nginx"}]' })],
    ["JSON with an unquoted expression", '[{"name":"app","image":"nginx","memory":${var.memory}}]'],
    ["a map token", [Token.asStringMap("${var.container}")]],
    ["a token of any type", Token.asAny("${var.containers}")],
  ])("can be %s, which Terraform evaluates", (_, containerDefinitions) => {
    const { module } = synthesize((stack) => {
      new EcsTaskExecutionRole(stack, "execution", { access: { containerDefinitions } as TaskExecutionAccess });
    });
    const [call] = Object.values(module);
    expect(call).toMatchObject({ access: { container_definitions: expect.any(Array) } });
  });

  test("are parsed once by the constructor, and once by each grant()", () => {
    const parse = jest.spyOn(JSON, "parse");
    const json = JSON.stringify([app()]);
    const parsed = () => parse.mock.calls.filter(([text]) => text === json).length;
    const execution = new EcsTaskExecutionRole(new TerraformStack(new App(), "test"), "execution", {
      access: { containerDefinitions: json },
    });
    expect(parsed()).toBe(1);
    execution.grant({ guardDutyAgent: true });
    expect(parsed()).toBe(2);
    parse.mockRestore();
  });

  describe("with a value that is not known at synth", () => {
    const later = "${var.later}";
    const secrets = [{ name: "DB", valueFrom: "arn:aws:ssm:eu-west-1:111122223333:parameter/db" }];

    /** The Sids of the statements in the stack, and the groups of those that Terraform writes. */
    const written = (containerDefinitions: TaskExecutionAccess["containerDefinitions"]) => {
      const { data, module } = synthesize((stack) => {
        new EcsTaskExecutionRole(stack, "execution", { access: { containerDefinitions } });
      });
      const documents = Object.values(data.aws_iam_policy_document ?? {}) as unknown as {
        statement?: { sid?: string }[];
        for_each?: object;
      }[];
      const here = documents.flatMap(({ statement = [] }) => statement.flatMap(({ sid }) => sid ?? []));
      const modules = Object.values(module) as unknown as { role: { known?: string[] } }[];
      expect(modules.map(({ role: { known = [] } }) => known)).toEqual(modules.map(() => here));
      return { here, byTerraform: documents.flatMap(({ for_each = {} }) => Object.keys(for_each)) };
    };
    const PULL = ["RegistryLogin", "PullImages"];

    test.each<[string, object, here: string[], byTerraform: string[]]>([
      ["an image", app({ image: `${later}:v1`, secrets }), ["ReadParameters"], ["images"]],
      ["a valueFrom", app({ secrets: [{ valueFrom: later }] }), [], ["images", "secrets"]],
      ["a list", app({ image: ECR_IMAGE, secrets: "${var.list}" }), PULL, ["secrets"]],
      ["a value that grants nothing", app({ environment: [{ name: "A", value: later }] }), ["NothingNeeded"], []],
      [
        "the Region of a log group",
        awslogs({ "awslogs-group": "/a", "awslogs-region": later }),
        [],
        ["images", "logs"],
      ],
      [
        "whether to create the log group",
        awslogs({ "awslogs-group": "/a", "awslogs-create-group": later }),
        ["WriteLogs"],
        ["logs"],
      ],
    ])("leave only the statements that depend on it to Terraform: %s", (_, container, here, byTerraform) => {
      expect(written([container])).toEqual({ here, byTerraform });
      expect(written(JSON.stringify([container]))).toEqual({ here, byTerraform });
    });

    test("leave the whole policy to Terraform if that value contains all of them", () => {
      expect(written(Fn.jsonencode([app()])).here).toEqual([]);
      expect(written(later).here).toEqual([]);
    });

    test("pass the values as they are, and only those that ECS reads", () => {
      const { module } = synthesize((stack) => {
        const environment = [{ name: "PASSWORD", value: "secret" }];
        const containerDefinitions = [
          app({ image: `${later}:v1`, secrets: later, environment, cpu: 10 }),
          { name: "sidecar", image: ECR_IMAGE, environment },
        ];
        new EcsTaskExecutionRole(stack, "execution", { access: { containerDefinitions } });
      });
      const [call] = Object.values(module);
      expect(call?.access).toEqual({
        container_definitions: [
          { name: "app", image: "${var.later}:v1", secrets: "${var.later}" },
          { name: "sidecar", image: ECR_IMAGE },
        ],
      });
    });

    test("keep the containers of several task definitions apart", () => {
      const { module } = synthesize((stack) => {
        const execution = new EcsTaskExecutionRole(stack, "execution", {
          access: { containerDefinitions: [app({ image: later })] },
        });
        execution.grant({ containerDefinitions: [app()] });
        execution.grant({ containerDefinitions: later });
      });
      const [call] = Object.values(module);
      expect(call?.access).toEqual({
        container_definitions: [
          { containerDefinitions: [{ name: "app", image: later }] },
          { containerDefinitions: [{ name: "app", image: "nginx" }] },
          later,
        ],
      });
    });

    test("need at most 4 kB of a stack for one unknown image", () => {
      const size = (image: string) => {
        const stack = new TerraformStack(new App(), "stack");
        new EcsTaskExecutionRole(stack, "execution", { access: { containerDefinitions: [app({ image })] } });
        return JSON.stringify(stack.toTerraform()).length;
      };
      expect(size(`${later}:v1`)).toBeLessThanOrEqual(4_000);
    });
  });

  test("leave no static statements behind if a later grant() adds unknown ones", () => {
    const { data } = synthesize((stack) => {
      const execution = new EcsTaskExecutionRole(stack, "execution", { access: { containerDefinitions: [app()] } });
      execution.grant({ containerDefinitions: "${var.definitions}" });
    });
    const documents = Object.values(data.aws_iam_policy_document ?? {});
    expect(documents.filter(({ statement }) => statement !== undefined)).toHaveLength(1);
    expect(Object.keys(data.aws_region ?? {})).toHaveLength(1);
  });
});
