import { App, Fn, Lazy, TerraformStack, Token } from "cdktf";
import { EcsTaskExecutionRole, type TaskExecutionAccess } from "../../modules/ecs-task-execution-role";
import { expectedResources, REAL_DEFINITIONS } from "../support/real-definitions";
import { statementsOf } from "../support/statements";
import { only, synthesize } from "../support/synthesize";

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
  test("are taken from at least thirty public sources", () => {
    expect(REAL_DEFINITIONS.length).toBeGreaterThanOrEqual(30);
    expect(new Set(REAL_DEFINITIONS.map(({ source }) => source)).size).toBeGreaterThanOrEqual(30);
  });

  test.each(REAL_DEFINITIONS.map((definition) => [definition.title, definition] as const))(
    "give what an expert gives: %s",
    (_, definition) => {
      const { containerDefinitions } = definition;
      expect(resourcesOf({ containerDefinitions })).toEqual(expectedResources(definition));
      expect(resourcesOf({ containerDefinitions: JSON.stringify(containerDefinitions) })).toEqual(
        expectedResources(definition),
      );
    },
  );

  test.each([
    ["FIPS", "111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com/app:v1", "us-gov-west-1"],
    ["dual-stack", `111122223333.dkr-ecr.eu-west-1.on.aws/app@sha256:${"0123456789abcdef".repeat(4)}`, "eu-west-1"],
    ["dual-stack FIPS", "111122223333.dkr-ecr-fips.us-east-2.on.aws/app", "us-east-2"],
    ["China", "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/app", "cn-north-1"],
    ["an isolated Region", "111122223333.dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk/app", "eu-isoe-west-1"],
    ["European Sovereign Cloud", "111122223333.dkr.ecr.eusc-de-east-1.amazonaws.eu/app", "eusc-de-east-1"],
  ])("know the registry of %s", (_, image, region) => {
    expect(resourcesOf({ containerDefinitions: [app({ image })] }).PullImages).toEqual([
      `arn:aws:ecr:${region}:111122223333:repository/app`,
    ]);
  });

  test("take a registry that only looks like ECR for somebody else's", () => {
    const image = "111122223333.dkr.ecr.us-east-1.amazonaws.com.example.org/app";
    expect(resourcesOf({ containerDefinitions: [app({ image })] })).toEqual({ NothingNeeded: ["*"] });
  });

  test("add to what the other fields give, and to what was granted before", () => {
    const { data } = synthesize((stack) => {
      const execution = new EcsTaskExecutionRole(stack, "execution", {
        access: { containerDefinitions: [awslogs({ "awslogs-group": "/a" })], logGroups: [], guardDutyAgent: true },
      });
      execution.grant({ containerDefinitions: JSON.stringify([awslogs({ "awslogs-group": "/b" })]) });
    });
    const documents = Object.values(data.aws_iam_policy_document ?? {});
    const statements = documents.flatMap(({ statement }) => statement as { sid?: string; resources: string[] }[]);
    const region = "${data.aws_region.execution_access_region_5B6D7BBC.id}";
    const arn = (name: string) =>
      expect.stringMatching(new RegExp(`:logs:\\$\\{data\\.aws_region\\..*:log-group:${name}:\\*$`));
    expect(statements.find(({ sid }) => sid === "WriteLogs")?.resources).toEqual([arn("/a"), arn("/b")]);
    expect(statements.find(({ sid }) => sid === "PullGuardDutyAgent")).toBeDefined();
    expect(region).toContain("data.aws_region");
  });

  test("ask AWS for the account and the Region only when they are given", () => {
    const { data } = synthesize((stack) => {
      new EcsTaskExecutionRole(stack, "execution", { access: { guardDutyAgent: true } });
    });
    expect(Object.keys(data).sort()).toEqual(["aws_iam_policy_document", "aws_partition"]);
  });

  test.each<[string, unknown, string]>([
    ["text that is no JSON", "[{", `${INPUT}: got text that is not JSON (2 characters`],
    [
      "a list of nothing",
      [null],
      `${INPUT}: got JSON that is not container definitions; must be container definitions`,
    ],
    ["a list of a name", '["app"]', `${INPUT}["0"]: got a string, not an object; must match the structure`],
    ["no image", [{ name: "app" }], `${INPUT}["app"].image: got nothing; must be an image reference.`],
    [
      "an image that is none",
      [app({ image: "My App" })],
      `${INPUT}["app"].image: got "My App" (6 characters); must be an image reference.`,
    ],
    [
      "a valueFrom of another service",
      [app({ secrets: [{ name: "A", valueFrom: "arn:aws:s3:::bucket/key" }] })],
      `${INPUT}["app"].secrets[0].valueFrom: got "arn:aws:s3:::bucket/key" (23 characters); must be the ARN of a Secrets Manager secret or of an SSM parameter, or a parameter's name.`,
    ],
    [
      "a secret without its valueFrom",
      [app({ secrets: [{ name: "A" }] })],
      `${INPUT}["app"].secrets[0].valueFrom: got nothing; must be the ARN`,
    ],
    [
      "secrets that are no list",
      [app({ secrets: "db" })],
      `${INPUT}["app"].secrets: got a string, not a list of { name, valueFrom }; must match the structure`,
    ],
    [
      "secrets that are an object",
      [app({ secrets: {} })],
      `${INPUT}["app"].secrets: got an object, not a list of { name, valueFrom }`,
    ],
    ["secrets that are ARNs", [app({ secrets: ["/a"] })], `${INPUT}["app"].secrets[0]: got a string, not an object`],
    [
      "a log configuration that is a list",
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
      "a Region that is none",
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
      "a switch that Docker does not read",
      [awslogs({ "awslogs-group": "/a", "awslogs-create-group": "yes" })],
      `${INPUT}["app"].logConfiguration.options.awslogs-create-group: got "yes" (3 characters); must be the string "true" or "false"`,
    ],
    ["an image that is a number", [app({ image: 1 })], `${INPUT}["app"].image: got 1; must be an image reference.`],
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
      "credentials for an image in ECR",
      [app({ image: ECR_IMAGE, repositoryCredentials: { credentialsParameter: "registry" } })],
      `${INPUT}["app"].repositoryCredentials.credentialsParameter: got "registry" (8 characters); must not be set for an image in ECR`,
    ],
    [
      "a valueFrom with one part more",
      [
        app({
          secrets: [{ name: "A", valueFrom: "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf:key" }],
        }),
      ],
      `${INPUT}["app"].secrets[0].valueFrom: got "arn:aws:secretsmanager`,
    ],
    [
      "an environment file of another type",
      [app({ environmentFiles: [{ type: "efs", value: "arn:aws:s3:::bucket/a.env" }] })],
      `${INPUT}["app"].environmentFiles[0].type: got "efs" (3 characters); must be "s3"`,
    ],
    [
      "a FireLens configuration of another type",
      [app({ firelensConfiguration: { options: { "config-file-type": "http" } } })],
      `${INPUT}["app"].firelensConfiguration.options.config-file-type: got "http" (4 characters); must be "s3" or "file".`,
    ],
    [
      "a policy variable in a file",
      [app({ environmentFiles: [{ type: "s3", value: "arn:aws:s3:::bucket/&{aws:username}" }] })],
      `${INPUT}["app"].environmentFiles[0].value: got`,
    ],
    [
      "more containers than a task has",
      Array.from({ length: 11 }, (_, at) => app({ name: `c${at}` })),
      `${INPUT}: got 11 containers; must have at most 10 containers per task definition.`,
    ],
    [
      "keys as CloudFormation spells them",
      [{ Name: "app", Image: "nginx", Secrets: [] }],
      `${INPUT}["0"].Secrets: got a key that must be spelled secrets; must match the structure and the key spelling of the ECS API.`,
    ],
    [
      "such keys among others",
      [app({ logConfiguration: { LogDriver: "awslogs" }, secrets: [{ name: "A", ValueFrom: "/a" }] })],
      `${INPUT}["app"].logConfiguration.LogDriver: got a key that must be spelled logDriver`,
    ],
    [
      "an environment file by URL",
      [app({ environmentFiles: [{ type: "s3", value: "s3://bucket/a.env" }] })],
      `${INPUT}["app"].environmentFiles[0].value: got "s3://bucket/a.env" (17 characters); must be the ARN of an S3 object.`,
    ],
    [
      "a credential specification without its prefix",
      [app({ credentialSpecs: ["arn:aws:s3:::bucket/spec.json"] })],
      `${INPUT}["app"].credentialSpecs[0]: got "arn:aws:s3:::bucket/spec.json" (29 characters); must be a credential specification`,
    ],
    [
      "credentials that are no secret",
      [app({ repositoryCredentials: { credentialsParameter: "arn:aws:ssm:us-east-1:111122223333:parameter/x" } })],
      `${INPUT}["app"].repositoryCredentials.credentialsParameter: got "arn:aws:ssm`,
    ],
    [
      "a wildcard, which a policy would take for one",
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
    ["JSON of one container", JSON.stringify(app()), `${INPUT}: got a single container, not in a list`],
    ["one container", app(), `${INPUT}: got a single container, not in a list`],
    ["JSON in JSON", JSON.stringify(JSON.stringify([app()])), `${INPUT}: got JSON that was encoded twice`],
    ["a CloudFormation template", { Resources: {} }, `${INPUT}: got a CloudFormation template`],
    [
      "properties of CloudFormation",
      { ContainerDefinitions: [] },
      `${INPUT}: got a task definition with CloudFormation keys`,
    ],
    ["a job of AWS Batch", { containerProperties: {} }, `${INPUT}: got an AWS Batch job definition`],
    [
      "an old Dockerrun file",
      { AWSEBDockerrunVersion: "1" },
      `${INPUT}: got a Dockerrun file without containerDefinitions`,
    ],
    ["a file's name", "containers.json", `${INPUT}: got the name of a file instead of its content (15 characters)`],
    ["YAML", "- name: app\n  image: nginx\n", `${INPUT}: got YAML (`],
    ["comments", '[{"name": "app"}] // the app', `${INPUT}: got JSON with comments (`],
    [
      "a comma too many",
      '[{"name": "app",}]',
      `${INPUT}: got JSON with a trailing comma (18 characters, the error is at character 17)`,
    ],
    [
      "a resource in the place of its attribute",
      [app({ image: new TerraformStack(new App(), "x") })],
      `${INPUT}["app"].image: got a TerraformStack; must be an image reference.`,
    ],
    [
      "in a container without a name",
      [{ image: "" }],
      `${INPUT}["0"].image: got "" (0 characters); must be an image reference.`,
    ],
  ])("fail with the container and the field: %s", (_, definitions, fault) => {
    expect(create(definitions)).toThrow(fault);
  });

  test.each([
    ["a task definition", { family: "orders", containerDefinitions: [awslogs({ "awslogs-group": "/a" })] }],
    [
      "what describe-task-definition prints",
      { taskDefinition: { containerDefinitions: [awslogs({ "awslogs-group": "/a" })] } },
    ],
    ["a list of strings", [JSON.stringify([app()]), JSON.stringify([awslogs({ "awslogs-group": "/a" })])]],
    ["a container beside a text", [app(), JSON.stringify([awslogs({ "awslogs-group": "/a" })])]],
    ["text with a byte order mark", `\uFEFF${JSON.stringify([awslogs({ "awslogs-group": "/a" })])}`],
  ])("are found in %s", (_, definitions) => {
    const logs = { WriteLogs: ["arn:aws:logs:us-east-1:111122223333:log-group:/a:*"] };
    expect(resourcesOf({ containerDefinitions: definitions as object })).toEqual(logs);
    if (!Array.isArray(definitions) && typeof definitions !== "string") {
      expect(resourcesOf({ containerDefinitions: JSON.stringify(definitions) })).toEqual(logs);
    }
  });

  test("count more than ten containers for each task definition", () => {
    const six = JSON.stringify(Array.from({ length: 6 }, (_, at) => app({ name: `c${at}` })));
    expect(create([six, six])).not.toThrow();
    const execution = new EcsTaskExecutionRole(new TerraformStack(new App(), "stack"), "execution");
    for (const name of ["a", "b", "c"]) {
      execution.grant({ containerDefinitions: Array.from({ length: 6 }, (_, at) => app({ name: `${name}${at}` })) });
    }
    expect(() => execution.grant({ containerDefinitions: Array.from({ length: 11 }, () => app()) })).toThrow("11");
  });

  test("show no value that is not at fault", () => {
    const environment = [{ name: "PASSWORD", value: "hunter2" }];
    const faults = [
      JSON.stringify([app({ environment })]).slice(0, -1),
      JSON.stringify({ containers: [app({ environment })] }),
      [app({ environment, image: "A" })],
      [app({ environment, secrets: { environment } })],
    ];
    for (const definitions of faults) {
      expect(create(definitions)).toThrow(/^(?!.*hunter2).{0,700}$/s);
    }
  });

  test("take what ECS takes: empty credentials, a key with an umlaut, a secret referred to by a parameter", () => {
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

  test("fail with all faults at once", () => {
    expect(create([app({ image: "A" }), { name: "b", image: "B" }])).toThrow(/\["app"\]\.image[\s\S]*\["b"\]\.image/);
  });

  test("create no log group for another log driver", () => {
    const options = { "awslogs-group": "*", "awslogs-create-group": "true" };
    const containerDefinitions = [app({ logConfiguration: { logDriver: "fluentd", options } })];
    expect(resourcesOf({ containerDefinitions })).toEqual({ NothingNeeded: ["*"] });
  });

  test("are needed, or log groups, for a grant of log groups to create", () => {
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
    ["a list token among others", [app(), ...Token.asList("${var.containers}")]],
    ["a text that comes late", Lazy.stringValue({ produce: () => '[{"name":"app","image":"nginx"}]' })],
    ["a text with an expression outside of its texts", '[{"name":"app","image":"nginx","memory":${var.memory}}]'],
    ["a map token", [Token.asStringMap("${var.container}")]],
    ["a value of any kind", Token.asAny("${var.containers}")],
  ])("come as %s, which Terraform reads as it is", (_, containerDefinitions) => {
    const { data, locals } = synthesize((stack) => {
      new EcsTaskExecutionRole(stack, "execution", { access: { containerDefinitions } as TaskExecutionAccess });
    }) as unknown as { data: Record<string, Record<string, object>>; locals: Record<string, unknown> };
    expect(Object.values(data.aws_iam_policy_document ?? {}).some((one) => "dynamic" in one)).toBe(true);
    expect(JSON.stringify(locals)).not.toMatch(/jsondecode\(\[|\{\},?\]$/);
  });

  test("are parsed once by a constructor, and by grant() once more each", () => {
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

  describe("of which a value is not known yet", () => {
    const later = "${var.later}";
    const secrets = [{ name: "DB", valueFrom: "arn:aws:ssm:eu-west-1:111122223333:parameter/db" }];

    /** The Sids that are there for certain, and those that only Terraform knows to be there. */
    const sids = (containerDefinitions: TaskExecutionAccess["containerDefinitions"]) => {
      const { data } = synthesize((stack) => {
        new EcsTaskExecutionRole(stack, "execution", { access: { containerDefinitions } });
      });
      const documents = Object.values(data.aws_iam_policy_document ?? {}) as unknown as {
        statement?: { sid?: string }[];
        dynamic?: { statement: { content: { sid: string } }[] };
      }[];
      return {
        certain: documents.flatMap(({ statement = [] }) => statement.flatMap(({ sid }) => sid ?? [])),
        possible: documents.flatMap(({ dynamic }) => dynamic?.statement.map(({ content }) => content.sid) ?? []),
      };
    };
    const PULL = ["RegistryLogin", "PullImages"];

    test.each<[string, object, certain: string[], possible: string[]]>([
      ["of an image", app({ image: `${later}:v1`, secrets }), ["ReadParameters"], PULL],
      [
        "of a valueFrom",
        app({ secrets: [{ valueFrom: later }] }),
        [],
        ["ReadSecrets", "ReadParameters", "NothingNeeded"],
      ],
      ["of a list", app({ image: ECR_IMAGE, secrets: "${var.list}" }), PULL, ["ReadSecrets", "ReadParameters"]],
      ["of what does not count", app({ environment: [{ name: "A", value: later }] }), ["NothingNeeded"], []],
      [
        "of a log group's Region",
        awslogs({ "awslogs-group": "/a", "awslogs-region": later }),
        [],
        ["WriteLogs", "NothingNeeded"],
      ],
      [
        "of whether to create the group",
        awslogs({ "awslogs-group": "/a", "awslogs-create-group": later }),
        ["WriteLogs"],
        ["CreateLogGroups"],
      ],
    ])("leave to Terraform only the statements that depend on it: %s", (_, container, certain, possible) => {
      expect(sids([container])).toEqual({ certain, possible });
      expect(sids(JSON.stringify([container]))).toEqual({ certain, possible });
    });

    test("leave the whole policy to Terraform where all of it is in one value", () => {
      expect(sids(Fn.jsonencode([app()])).certain).toEqual([]);
      expect(sids(later).certain).toEqual([]);
    });

    test("give the known resources as literals beside the others", () => {
      const { data } = synthesize((stack) => {
        const containerDefinitions = [app({ image: ECR_IMAGE }), app({ image: `${later}:v1` })];
        new EcsTaskExecutionRole(stack, "execution", { access: { containerDefinitions } });
      });
      const documents = Object.values(data.aws_iam_policy_document ?? {});
      const statements = documents.flatMap(({ statement }) => statement as { sid?: string; resources: string }[]);
      const pull = statements.find(({ sid }) => sid === "PullImages");
      const literal =
        '[["arn:${data.aws_partition.execution_partition_B242EF9F.partition}:ecr:eu-west-1:111122223333:repository/orders"]';
      expect(pull?.resources).toContain(`\${flatten([${literal.slice(1)}, [for arn in local.`);
      expect(JSON.stringify(data)).not.toContain("dynamic");
    });

    test("add at most 8 kB to a stack for one unknown image", () => {
      const size = (image: string) => {
        const stack = new TerraformStack(new App(), "stack");
        new EcsTaskExecutionRole(stack, "execution", { access: { containerDefinitions: [app({ image, secrets })] } });
        return JSON.stringify(stack.toTerraform()).length;
      };
      expect(size(`${later}:v1`)).toBeLessThanOrEqual(8_000);
    });

    test("repeat no value that does not count", () => {
      const { locals } = synthesize((stack) => {
        const environment = [{ name: "PASSWORD", value: "secret" }];
        const containerDefinitions = [app({ image: `${later}:v1`, secrets: later, environment, cpu: 10 })];
        new EcsTaskExecutionRole(stack, "execution", { access: { containerDefinitions } });
      }) as unknown as { locals: Record<string, unknown> };
      const [containers] = Object.entries(locals).filter(([name]) => name.includes("containers"));
      expect(containers?.[1]).toEqual({ name: "app", secrets: "${var.later}" });
      expect(JSON.stringify(locals)).not.toContain("PASSWORD");
    });
  });

  test("that grow unknown by a grant leave no statement of before", () => {
    const { data } = synthesize((stack) => {
      const execution = new EcsTaskExecutionRole(stack, "execution", { access: { containerDefinitions: [app()] } });
      execution.grant({ containerDefinitions: "${var.definitions}" });
    });
    const documents = Object.values(data.aws_iam_policy_document ?? {});
    const document = documents.find((one) => "dynamic" in one);
    expect(document?.statement).toBeUndefined();
    expect(only({ aws_region: data.aws_region ?? {} }, "aws_region")).toEqual({});
  });
});
