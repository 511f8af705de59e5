import { checkRole } from "../../cli/findings/check-role";
import { unknownValues } from "../../cli/findings/unknown-values";
import { taskInFile } from "../../cli/sources/task-definition-file";
import { NO_KEYS, roleWith } from "../support/roles";

const REGISTRY = "111122223333.dkr.ecr.us-east-1.amazonaws.com";
const PULL = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/** What is checked of a container, what is not, and the notes. */
async function check(container: object, images: Readonly<Record<string, string>> = {}, more: object = {}) {
  const definition = {
    family: "orders",
    executionRoleArn: "arn:aws:iam::111122223333:role/orders",
    containerDefinitions: [{ name: "app", ...container }],
    ...more,
  };
  const { task } = await taskInFile(definition, "t.json", async () => "us-east-1", new Map(Object.entries(images)));
  const role = roleWith([{ Effect: "Deny", Action: "*", Resource: "*" }]);
  const { calls, notes } = await checkRole(role, [task], NO_KEYS);
  return {
    calls: calls.map(({ action, resource }) => `${action} ${resource.replace(/.*[:/]/, "")}`),
    unknown: unknownValues([task]).map(({ field, waitsFor, tasks }) => [
      field,
      ...waitsFor,
      ...tasks.map((one) => one.container),
    ]),
    notes,
  };
}

const pull = (repository: string) => [
  "ecr:GetAuthorizationToken *",
  ...PULL.map((action) => `${action} ${repository}`),
];

describe("an image that is a placeholder", () => {
  test.each([
    "<IMAGE1_NAME>",
    "",
    "{{ must_env `IMAGE` }}",
    "${IMAGE}",
    "$(image)",
    "$IMAGE",
    `${"${"}ACCOUNT}.dkr.ecr/a:v1`,
  ])("is not checked, and a note says so: %j", async (image) => {
    expect(await check({ image })).toEqual({
      calls: [],
      unknown: [["image", "app"]],
      notes: [`image of app is ${image || "empty"}, so its pull is not checked; name the image with --image app=IMAGE`],
    });
  });

  test("is the one that the user names", async () => {
    expect(await check({ image: "<IMAGE1_NAME>" }, { app: `${REGISTRY}/orders:v1` })).toEqual({
      calls: pull("orders"),
      unknown: [],
      notes: [],
    });
    expect((await check({ image: "nginx" }, { app: `${REGISTRY}/orders:v1` })).calls).toEqual(pull("orders"));
  });

  test("must be an image", async () => {
    await expect(check({ image: "<IMAGE1_NAME>" }, { app: `${REGISTRY}/Orders:v1` })).rejects.toThrow(
      `app: image "${REGISTRY}/Orders:v1" must be an image reference`,
    );
  });

  test.each([":{{ must_env `TAG` }}", ":v-${TAG}", "@${DIGEST}"])(
    "is checked if only its tag is a placeholder: %s",
    async (tag) => {
      expect(await check({ image: `${REGISTRY}/orders${tag}` })).toEqual({
        calls: pull("orders"),
        unknown: [],
        notes: [],
      });
      expect(await check({ image: `nginx${tag}` })).toEqual({ calls: [], unknown: [], notes: [] });
    },
  );
});

describe("another value that is a placeholder", () => {
  const secret = (valueFrom: string) => ({ name: "A", valueFrom });

  test("is not checked, but those beside it are", async () => {
    const secrets = [secret("{{ ssm `/a` }}"), secret("flags"), secret("${B}")];
    expect(await check({ image: "nginx", secrets })).toEqual({
      calls: ["ssm:GetParameters flags"],
      unknown: [
        ["secrets[0].valueFrom", "app"],
        ["secrets[2].valueFrom", "app"],
      ],
      notes: [
        "secrets[0].valueFrom of app is {{ ssm `/a` }}, so it is not checked",
        "secrets[2].valueFrom of app is ${B}, so it is not checked",
      ],
    });
  });

  test("is not checked if it is a log group or an element of a list", async () => {
    const options = { "awslogs-group": "/ecs/${ENV}", "awslogs-region": "us-east-1" };
    const credentialSpecs = ["${SPEC}", "credentialspec:${OTHER}"];
    const found = await check({ image: "nginx", logConfiguration: { logDriver: "awslogs", options }, credentialSpecs });
    expect(found.calls).toEqual([]);
    expect(found.unknown.map(([field]) => field)).toEqual([
      "logConfiguration.options.awslogs-group",
      "credentialSpecs[0]",
      "credentialSpecs[1]",
    ]);
  });

  test("is not checked if it is the Region of a log group", async () => {
    const options = { "awslogs-group": "/ecs/orders", "awslogs-region": "${REGION}" };
    const found = await check({ image: "nginx", logConfiguration: { logDriver: "awslogs", options } });
    expect(found.calls).toEqual([]);
    expect(found.unknown.map(([field]) => field)).toEqual(["logConfiguration.options.awslogs-region"]);
  });

  test("is not checked if it is a file system or its credentials", async () => {
    const volume = (name: string, fileSystemId: string, credentialsParameter: string) => ({
      name,
      fsxWindowsFileServerVolumeConfiguration: { fileSystemId, authorizationConfig: { credentialsParameter } },
    });
    const volumes = [volume("a", "fs-1", "a"), volume("b", "${FS}", "b"), volume("c", "fs-1", "<SECRET>")];
    const found = await check({ image: "nginx" }, {}, { volumes });
    expect(found.calls).toEqual(["ssm:GetParameters a", "fsx:DescribeFileSystems *"]);
    const field = "fsxWindowsFileServerVolumeConfiguration";
    expect(found.unknown).toEqual([
      [field, "volume b"],
      [field, "volume c"],
    ]);
    expect(found.notes).toEqual(
      ["b", "c"].map((name) => `${field} of volume ${name} has a placeholder, so it is not checked`),
    );
  });

  test.each([
    [
      { executionRoleArn: "arn:aws:iam::111122223333:role/${ENV}" },
      "executionRoleArn in t.json is not the ARN of a role",
    ],
    [{ volumes: "${VOLUMES}" }, "volumes in t.json is not a list of objects"],
    [
      { containerDefinitions: '[{"name":"app","image":"nginx"}]' },
      "containerDefinitions in t.json is not a list of objects",
    ],
  ])("is refused where everything depends on it: %j", async (more, error) => {
    await expect(check({ image: "nginx" }, {}, more)).rejects.toThrow(error);
  });

  test("does not say where the task runs if it is the ARN of the task definition", async () => {
    const definition = {
      taskDefinitionArn: "${ARN}",
      executionRoleArn: "arn:aws:iam::111122223333:role/orders",
      containerDefinitions: [{ name: "app", image: "nginx" }],
    };
    const { task } = await taskInFile(definition, "t.json", async () => "us-east-1", new Map());
    expect(task.location).toEqual({ partition: "aws", region: "us-east-1", account: "111122223333" });
  });

  test("leaves it open which log stream a container writes to", async () => {
    const options = { "awslogs-group": "/ecs/orders", "awslogs-stream-prefix": "${ENV}" };
    const container = { name: "app", image: "nginx", logConfiguration: { logDriver: "awslogs", options } };
    const definition = { executionRoleArn: "arn:aws:iam::111122223333:role/orders", containerDefinitions: [container] };
    const { task } = await taskInFile(definition, "t.json", async () => "us-east-1", new Map());
    const group = "arn:aws:logs:us-east-1:111122223333:log-group:/ecs/orders";
    const verdicts = async (Resource: string) => {
      const role = roleWith([{ Effect: "Allow", Action: "logs:*", Resource }]);
      return (await checkRole(role, [task], NO_KEYS)).calls.map(({ allowed, onlyWith }) => onlyWith ?? allowed);
    };
    const production = `${group}:log-stream:production/*`;
    expect(await verdicts(production)).toEqual([`the ARN ${production}`, `the ARN ${production}`]);
    expect(await verdicts(`${group}:*`)).toEqual([true, true]);
    expect(await verdicts(`${group}-2:*`)).toEqual([false, false]);
  });

  test("does not hide a violation", async () => {
    await expect(check({ image: "<IMAGE1_NAME>", secrets: [secret("arn:aws:nothing")] })).rejects.toThrow(
      'app: secrets[0].valueFrom "arn:aws:nothing" must be the ARN of a Secrets Manager secret',
    );
    await expect(check({ image: "not an image" })).rejects.toThrow('app: image "not an image" must be an image');
  });
});

test.each([null, "text", 1, [], {}, { containerDefinitions: [] }])(
  "a file with %j is no task definition",
  async (json) => {
    await expect(taskInFile(json, "t.json", async () => "us-east-1", new Map())).rejects.toThrow(
      "t.json is not a task definition",
    );
  },
);
