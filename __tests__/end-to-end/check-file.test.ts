import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AttachRolePolicyCommand, DetachRolePolicyCommand } from "@aws-sdk/client-iam";
import { startAwsProxy } from "../../scripts/tools/aws/aws-proxy";
import { ECS_TASKS_TRUST } from "../support/account";
import { callCommand, runCli } from "../support/command";
import { endToEnd } from "../support/end-to-end";
import { type RootModule, rootWithModule } from "../support/root-module";

const PARAMETER = "arn:aws:ssm:us-east-1:123456789012:parameter/flags";
const containers = (image: string) =>
  JSON.stringify([{ name: "app", image, memory: 128, secrets: [{ name: "FLAGS", valueFrom: PARAMETER }] }]);
const IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/orders:v1";
const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const READ = { Effect: "Allow", Action: "ssm:GetParameters", Resource: PARAMETER };

/** Task definitions whose roles the same plan creates, each in a different way. */
const CONFIGURATION = {
  data: { aws_caller_identity: { current: {} } },
  module: {
    orders: { source: "./role", role_name: "orders", access: { container_definitions: containers(IMAGE) } },
    keyed: {
      for_each: '${toset(["a", "b"])}',
      source: "./role",
      role_name_prefix: "${each.key}-",
      access: { parameters: [PARAMETER] },
    },
  },
  resource: {
    aws_ecs_task_definition: {
      orders: definition("${module.orders.role_arn}"),
      keyed: definition('${module.keyed["a"].role_arn}'),
      plain: definition("${aws_iam_role.plain.arn}"),
      bounded: definition("${aws_iam_role.bounded.arn}"),
    },
    aws_iam_role: {
      plain: { name: "plain", assume_role_policy: JSON.stringify(ECS_TASKS_TRUST) },
      bounded: {
        name: "bounded",
        assume_role_policy: JSON.stringify(ECS_TASKS_TRUST),
        permissions_boundary: "${aws_iam_policy.boundary.arn}",
      },
    },
    aws_iam_policy: {
      boundary: { name: "boundary", policy: document({ Effect: "Allow", Action: "ssm:*", Resource: "*" }) },
      read: { name: "read", policy: document(READ) },
    },
    aws_iam_role_policy: {
      plain: {
        role: "${aws_iam_role.plain.id}",
        policy: document({ ...READ, Action: ["ssm:GetParameters", "s3:Put*"], Resource: "*" }),
      },
      bounded: {
        role: "${aws_iam_role.bounded.name}",
        policy: document({ ...READ, Action: ["ssm:GetParameters", "s3:Put*"] }),
      },
    },
    aws_iam_role_policy_attachment: {
      plain: {
        role: "${aws_iam_role.plain.name}",
        policy_arn: "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      },
      bounded: { role: "${aws_iam_role.bounded.name}", policy_arn: "${aws_iam_policy.read.arn}" },
    },
  },
};

/** A plan of this configuration that detaches what was attached outside Terraform, and knows the policies of one role only after apply. */
function takingAway(policy: string) {
  const { resource } = CONFIGURATION;
  const trust = { assume_role_policy: JSON.stringify(ECS_TASKS_TRUST) };
  return {
    ...CONFIGURATION,
    provider: { aws: { region: "${var.region}" } },
    variable: { region: { default: "us-east-1" } },
    resource: {
      aws_ecs_task_definition: {
        plain: definition("${aws_iam_role.plain.arn}"),
        bounded: definition("${aws_iam_role.bounded.arn}"),
        unclear: definition("${aws_iam_role.unclear.arn}"),
      },
      aws_ecs_service: {
        plain: {
          name: "plain",
          task_definition: "${aws_ecs_task_definition.plain.arn}",
          service_connect_configuration: {
            enabled: true,
            log_configuration: {
              log_driver: "awslogs",
              options: { "awslogs-group": "/ecs/connect", "awslogs-region": "us-east-1" },
            },
          },
        },
      },
      aws_iam_role: {
        ...resource.aws_iam_role,
        bounded: { ...resource.aws_iam_role.plain, name: "bounded", managed_policy_arns: [PULL_ONLY] },
        unclear: { name_prefix: "unclear-", ...trust },
        other: { name_prefix: "other-", ...trust },
      },
      aws_iam_policy: { ...resource.aws_iam_policy, read: { name: "read", policy } },
      aws_iam_policy_attachment: {
        plain: { name: "plain", roles: ["${aws_iam_role.plain.name}"], policy_arn: "${aws_iam_policy.read.arn}" },
      },
      aws_iam_role_policy: {
        unclear: { role: '${var.region == "x" ? aws_iam_role.unclear.id : aws_iam_role.other.id}', policy },
      },
      aws_iam_role_policy_attachments_exclusive: {
        plain: { role_name: "${aws_iam_role.plain.name}", policy_arns: ["${aws_iam_policy.read.arn}"] },
      },
    },
  };
}

const PULL_ONLY = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly";

function definition(execution_role_arn: string) {
  return { family: "orders", execution_role_arn, container_definitions: containers(IMAGE) };
}

endToEnd("check --file", (tools) => {
  let root: RootModule;
  let plan: string;
  const check = async (...args: string[]) => {
    const { code, stdout } = await callCommand(tools, "check", "--json", ...args);
    return { code, ...JSON.parse(stdout) };
  };
  /** With paths that are relative to the root module, as SARIF contains them. */
  const checkInFolder = async (...args: string[]) => {
    const { code, stdout } = await runCli(tools, ["check", "--json", ...args], root.folder);
    return { code, ...JSON.parse(stdout) };
  };
  const planned = async (name: string) => {
    const { json } = await root.plan();
    const file = join(root.folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(json));
    return file;
  };
  const inWords = ({ role, missing, excess, notes, notChecked }: Reported) => ({
    role,
    missing: missing.map(({ action }) => action),
    excess: excess.map(({ action, resource }) => `${action} ${resource}`),
    notes: notes.map(({ text }) => text),
    ...(notChecked && { notChecked }),
  });

  beforeAll(async () => {
    root = await rootWithModule(tools, join(tools.folder, "plan"));
    await root.write("main.tf.json", JSON.stringify(CONFIGURATION));
    plan = await planned("all");
  });

  const PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
  const notes = [`${PARAMETER} does not exist yet, so its KMS key is unknown`, `image ${IMAGE}: does not exist yet`];

  test("reads the roles in a plan, however the plan creates them", async () => {
    const { code, roles } = await check("--file", plan);
    expect(roles.map(inWords)).toEqual([
      { role: "aws_iam_role.bounded", missing: ["ecr:GetAuthorizationToken", ...PULL], excess: [], notes },
      {
        role: "aws_iam_role.plain",
        missing: ["ecr:BatchCheckLayerAvailability"],
        excess: expect.arrayContaining(["s3:Put* *", "ssm:GetParameters *", "ecr:BatchGetImage *"]),
        notes,
      },
      {
        role: 'module.keyed["a"].aws_iam_role.this',
        missing: ["ecr:GetAuthorizationToken", ...PULL],
        excess: [],
        notes,
      },
      { role: "module.orders.aws_iam_role.this", missing: [], excess: [], notes },
    ]);
    expect(code).toBe(1);
  });

  test("writes the findings as SARIF, with the checked file as their location", async () => {
    const sarif = join(root.folder, "findings.sarif");
    await checkInFolder("--file", "all.json", "--sarif", sarif);
    const [{ results }] = JSON.parse(readFileSync(sarif, "utf8")).runs;
    expect(results).toContainEqual(
      expect.objectContaining({
        ruleId: "missing-permission",
        locations: [
          {
            physicalLocation: { artifactLocation: { uri: "all.json" }, region: { startLine: 1 } },
            logicalLocations: [{ fullyQualifiedName: "aws_iam_role.plain", kind: "resource" }],
          },
        ],
      }),
    );
  });

  test("does not ask AWS for what the plan creates", async () => {
    const logs = { "awslogs-group": "/ecs/orders", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "ecs" };
    const container = {
      ...{ name: "app", image: IMAGE, memory: 128, secrets: [{ name: "FLAGS", valueFrom: PARAMETER }] },
      logConfiguration: { logDriver: "awslogs", options: logs },
      environmentFiles: [{ type: "s3", value: "arn:aws:s3:::config/a.env" }],
    };
    await root.write(
      "main.tf.json",
      JSON.stringify({
        data: CONFIGURATION.data,
        resource: {
          aws_ecs_task_definition: {
            orders: {
              ...definition("${aws_iam_role.plain.arn}"),
              container_definitions: JSON.stringify([container]),
            },
          },
          aws_iam_role: { plain: CONFIGURATION.resource.aws_iam_role.plain },
          aws_ecr_repository: { orders: { name: "orders" } },
          aws_cloudwatch_log_group: { orders: { name: "/ecs/orders" } },
          aws_ssm_parameter: { flags: { name: "/flags", type: "String", value: "x" } },
          aws_s3_bucket: { config: { bucket: "config" } },
        },
      }),
    );
    const file = await planned("creates");
    const calls: string[] = [];
    const proxy = await startAwsProxy(tools.aws.url, ({ action, forward }) => {
      calls.push(action);
      forward();
    });
    const environment = { ...tools.environment, AWS_ENDPOINT_URL: proxy.url };
    const { stdout } = await callCommand({ environment }, "check", "--json", "--file", file);
    await proxy.stop();
    expect(JSON.parse(stdout).roles[0]).toMatchObject({
      absent: [],
      notes: [{ text: `${PARAMETER} does not exist yet, so its KMS key is unknown` }],
    });
    // What is left reads the role. A call to S3 has no name.
    expect(calls.filter((call) => !/^(Get|List)\w*(Role|Policy|Policies|PolicyVersion)$/.test(call))).toEqual([]);
    expect(calls).not.toContain("GetRepositoryPolicy");
  });

  describe("with the roles in the account", () => {
    beforeAll(async () => {
      await root.write("main.tf.json", JSON.stringify(CONFIGURATION));
      await root.apply();
    });

    test("reads an existing role as it is after the apply, with the policies that are not in the plan", async () => {
      const PolicyArn = "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess";
      await tools.iam.send(new AttachRolePolicyCommand({ RoleName: "plain", PolicyArn }));
      const policy = document({ ...READ, Action: ["ecr:GetAuthorizationToken", ...PULL], Resource: "*" });
      await root.write("main.tf.json", JSON.stringify(takingAway(policy)));
      const { roles: after } = await check("--file", await planned("taken-away"));
      const reported = after.map(inWords);
      const of = (name: string) => reported.find(({ role }: Reported) => role.endsWith(name));
      // The plan detaches what was attached outside Terraform, and attaches a policy with aws_iam_policy_attachment.
      expect(of("/plain")).toMatchObject({
        missing: ["ssm:GetParameters", "logs:CreateLogStream", "logs:PutLogEvents"],
      });
      expect(of("/plain").excess).not.toContain("ssm:Get* *");
      // The plan deletes the inline policy of this role.
      expect(of("/plain").excess).not.toContain("s3:Put* *");
      expect(of("/plain").excess).toContain("ecr:BatchGetImage *");
      expect(of("/bounded").excess).toContain("ecr:GetDownloadUrlForLayer *");
      const unclear = after.find(({ role }: Reported) => role === "aws_iam_role.unclear");
      expect(unclear.unknown).toMatchObject([
        {
          field: "role of aws_iam_role_policy.unclear",
          waitsFor: ["aws_iam_role.other", "aws_iam_role.unclear"],
          calls: [{ action: "ecr:GetAuthorizationToken" }, ...PULL.map((action) => ({ action }))],
        },
      ]);
      const [, first] = after.find(({ role }: Reported) => role.endsWith("/plain")).missing;
      expect(first.tasks).toEqual([
        { taskDefinition: "aws_ecs_task_definition.plain", container: "Service Connect of aws_ecs_service.plain" },
      ]);
      await tools.iam.send(new DetachRolePolicyCommand({ RoleName: "plain", PolicyArn }));
    });

    test("reads the input of register-task-definition, with a role in the account", async () => {
      const file = join(root.folder, "task-definition.json");
      const task = (more: object) => {
        const definition = {
          family: "orders",
          executionRoleArn: "arn:aws:iam::123456789012:role/orders",
          containerDefinitions: JSON.parse(containers(IMAGE)),
          ...more,
        };
        // With a byte order mark, as some Windows editors write it.
        writeFileSync(file, `\uFEFF${JSON.stringify(definition, null, 2)}`);
      };
      task({});
      const { code, roles } = await check("--file", file);
      expect(roles[0].missing).toMatchObject([{ action: "ssm:GetParameters", why: "it does not exist" }]);
      const tasks = [{ taskDefinition: "orders", container: "app" }];
      expect(roles[0].absent).toEqual([
        { id: "absent-resource", kind: "image", name: IMAGE, why: "its repository does not exist", tasks },
        { id: "absent-resource", kind: "parameter", name: PARAMETER, why: "it does not exist", tasks },
      ]);
      expect(code).toBe(1);
      const ignored = ["--ignore", `absent-resource=${IMAGE}`, "--ignore", `absent-resource=${PARAMETER}`];
      const sarif = join(root.folder, "findings.sarif");
      expect(
        await checkInFolder("--file", "task-definition.json", "--sarif", sarif, ...ignored.slice(2)),
      ).toMatchObject({
        code: 1,
        roles: [{ missing: [{ suppressed: true }], absent: [{ name: IMAGE }, { name: PARAMETER, suppressed: true }] }],
      });
      expect((await check("--file", file, ...ignored)).code).toBe(0);
      const lines = readFileSync(file, "utf8").split("\n");
      const found: { suppressions: object[]; locations: { physicalLocation: object }[] }[] = JSON.parse(
        readFileSync(sarif, "utf8"),
      ).runs[0].results;
      expect(found.map(({ suppressions, locations }) => [suppressions.length, locations[0]?.physicalLocation])).toEqual(
        [IMAGE, PARAMETER].map((value, at) => [
          at,
          {
            artifactLocation: { uri: "task-definition.json" },
            region: { startLine: lines.findIndex((line) => line.includes(value)) + 1 },
          },
        ]),
      );
      expect((await check("--file", file, "--ignore", "denied")).error).toContain("the IDs are missing-permission, ");
      task({ executionRoleArn: "arn:aws:iam::123456789012:role/nobody" });
      expect((await check("--file", file)).roles[0].missing[0]).toMatchObject({
        action: "sts:AssumeRole",
        why: "there is no such role in account 123456789012",
      });
      task({ executionRoleArn: "arn:aws:iam::444455556666:role/orders" });
      expect(await check("--file", file)).toMatchObject({
        code: 2,
        roles: [{ notChecked: "the role is in another account" }],
      });
      task({ executionRoleArn: undefined });
      expect(await check("--file", file)).toMatchObject({
        code: 2,
        roles: [{ notChecked: expect.stringContaining("has no execution role, but the task needs ecr:") }],
      });
      task({ executionRoleArn: undefined, containerDefinitions: [{ name: "app", image: "nginx" }] });
      expect(await check("--file", file)).toMatchObject({
        code: 0,
        roles: [{ notes: [{ text: "the task definition has no execution role" }] }],
      });
      task({ containerDefinitions: [{ name: "app", image: "<IMAGE1_NAME>" }] });
      expect(await check("--file", file)).toMatchObject({ code: 0, roles: [{ unknown: [{ field: "image" }] }] });
      expect(await check("--file", file, "--image", `app=${IMAGE.replace("orders", "payments")}`)).toMatchObject({
        code: 1,
        roles: [{ unknown: [], missing: PULL.map((action) => ({ action })) }],
      });
      expect((await check("--file", file, "--image", "web=nginx")).error).toContain("needs a container web in a task");
      task({ containerDefinitions: [{ name: "app", Image: "nginx" }] });
      expect((await check("--file", file)).error).toContain("app: Image is a key that must be spelled image");
    });
  });
});

interface Reported {
  readonly role: string;
  readonly missing: readonly { readonly action: string }[];
  readonly excess: readonly { readonly action: string; readonly resource: string }[];
  readonly notes: readonly { readonly text: string }[];
  readonly notChecked?: string;
}
