import type { Existence, Lookups } from "../../cli/aws-calls/lookups/answers";
import type { Keys } from "../../cli/aws-calls/stored";
import { absentResources } from "../../cli/findings/absent-resources";
import { requiredResources } from "../../cli/needs/required-resources";
import { CONTAINER, NO_KEYS, SECRET, taskOf } from "../support/roles";

const REGISTRY = "111122223333.dkr.ecr.us-east-1.amazonaws.com";
const REPOSITORY = "arn:aws:ecr:us-east-1:111122223333:repository/orders";
const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

/** AWS tells the same about everything. */
const always = (answer: Existence): Lookups => ({
  image: async () => answer,
  logGroup: async () => answer,
  file: async () => answer,
  policy: async () => undefined,
});

const GONE = always({ exists: false, why: "it does not exist" });
const REFUSED = always({ unknown: "could not be looked up (x:Describe: AccessDeniedException)" });

const withLogs = (options: object) => ({
  ...CONTAINER,
  logConfiguration: { logDriver: "awslogs", options: { ...CONTAINER.logConfiguration.options, ...options } },
});

describe("what a task names", () => {
  const named = (...containers: object[]) =>
    requiredResources(taskOf(containers)).map(({ kind, arn }) => `${kind} ${arn}`);

  test.each([
    [`${REGISTRY}/orders`, `image ${REPOSITORY}:latest`],
    [`${REGISTRY}/orders@${DIGEST}`, `image ${REPOSITORY}@${DIGEST}`],
    [`${REGISTRY}/orders:v1@${DIGEST}`, `image ${REPOSITORY}@${DIGEST}`],
    [`${REGISTRY}/team/orders:v1`, "image arn:aws:ecr:us-east-1:111122223333:repository/team/orders:v1"],
    [
      "444455556666.dkr.ecr.eu-west-1.amazonaws.com/orders:v1",
      "image arn:aws:ecr:eu-west-1:444455556666:repository/orders:v1",
    ],
  ])("includes the image %s", (image, expected) => {
    expect(named({ name: "app", image })).toEqual([expected]);
  });

  test("does not include a log group that ECS creates, for any of its containers", () => {
    const { image: _, environmentFiles: __, ...logs } = withLogs({ "awslogs-create-group": "true" });
    expect(named({ image: "nginx", ...logs })).toEqual([]);
    expect(named({ image: "nginx", ...logs }, { ...withLogs({}), image: "nginx", environmentFiles: [] })).toEqual([]);
  });
});

describe("what does not exist", () => {
  const gone: Keys = async () => ({ exists: false });

  test("is listed once, with the tasks that name it", async () => {
    const parameter = "arn:aws:ssm:us-east-1:111122223333:parameter/flags";
    const secrets = [
      { name: "USER", valueFrom: `${SECRET}:user::` },
      { name: "PASSWORD", valueFrom: `${SECRET}:password::` },
      { name: "FLAGS", valueFrom: "flags" },
    ];
    const [one, other] = [taskOf([{ ...CONTAINER, secrets }]), taskOf([CONTAINER], {}, "orders:2")];
    const { absent, notes } = await absentResources([one, other], GONE, gone);
    const [first, second] = ["orders:1", "orders:2"].map((taskDefinition) => ({ taskDefinition, container: "app" }));
    const why = "it does not exist";
    expect(absent).toEqual([
      { kind: "image", name: `${REGISTRY}/orders:v1`, why, tasks: [first, second] },
      { kind: "log group", name: "/ecs/orders", why, tasks: [first, second] },
      { kind: "file", name: "arn:aws:s3:::orders-config/production.env", why, tasks: [first, second] },
      { kind: "secret", name: SECRET, why, tasks: [first, second] },
      { kind: "parameter", name: parameter, why, tasks: [first] },
    ]);
    expect(notes).toEqual([]);
  });

  test("includes a secret that is scheduled for deletion", async () => {
    const { absent } = await absentResources([taskOf([CONTAINER])], always({ exists: true }), async () => ({
      exists: false,
      arn: SECRET,
    }));
    expect(absent).toMatchObject([{ kind: "secret", why: "it is scheduled for deletion" }]);
  });

  test("is unknown if the caller may not look: one note for each call, and no failure", async () => {
    const { absent, notes } = await absentResources([taskOf([CONTAINER])], REFUSED, NO_KEYS);
    expect(absent).toEqual([]);
    expect(notes).toEqual([
      `image ${REGISTRY}/orders:v1, log group /ecs/orders, file arn:aws:s3:::orders-config/production.env: could not be looked up (x:Describe: AccessDeniedException)`,
    ]);
  });

  test("is not looked up if the same plan creates it", async () => {
    const asked: string[] = [];
    const ask = async (arn: string) => {
      asked.push(arn);
      return { exists: true as const };
    };
    const lookups = { ...GONE, image: ask, logGroup: ask, file: ask };
    const created = [
      REPOSITORY,
      "arn:aws:logs:us-east-1:111122223333:log-group:/ecs/orders",
      "arn:aws:s3:::orders-config",
      SECRET,
    ];
    const task = { ...taskOf([CONTAINER]), isPlanned: true, created };
    expect(await absentResources([task], lookups, ask)).toEqual({ absent: [], notes: [] });
    expect(asked).toEqual([]);
    await absentResources([{ ...task, created: created.map((arn) => `${arn}-2`) }], lookups, ask);
    expect(asked).toHaveLength(4);
  });

  test("can exist by the time of the apply if a plan names it", async () => {
    const planned = { ...taskOf([CONTAINER]), isPlanned: true };
    const { absent, notes } = await absentResources([planned], GONE, gone);
    expect(absent).toEqual([]);
    expect(notes).toEqual([
      `image ${REGISTRY}/orders:v1, log group /ecs/orders, file arn:aws:s3:::orders-config/production.env: does not exist yet`,
    ]);
  });
});
