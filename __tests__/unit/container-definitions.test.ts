import { App, Fn, Lazy, TerraformStack, Token } from "cdktf";
import { EcsTaskExecutionRole, type TaskExecutionAccess } from "../../modules/ecs-task-execution-role";
import { expectedResources, REAL_DEFINITIONS } from "../support/real-definitions";
import { statementsOf } from "../support/statements";
import { synthesize } from "../support/synthesize";

const PLACE = { partition: "aws", region: "us-east-1", account: "111122223333" };
const ECR_IMAGE = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders:v1";

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
    ["nobody, which only looks like one", "111122223333.dkr.ecr.us-east-1.amazonaws.com.example.org/app", undefined],
  ])("recognize the ECR registry of %s", (_, image, region) => {
    expect(resourcesOf({ containerDefinitions: [app({ image })] }).PullImages).toEqual(
      region && [`arn:aws:ecr:${region}:111122223333:repository/app`],
    );
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

  test("do not grant log group creation for other log drivers", () => {
    const options = { "awslogs-group": "*", "awslogs-create-group": "true" };
    const containerDefinitions = [app({ logConfiguration: { logDriver: "fluentd", options } })];
    expect(resourcesOf({ containerDefinitions })).toEqual({ NothingNeeded: ["*"] });
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
