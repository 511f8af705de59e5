import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { ECRClient } from "@aws-sdk/client-ecr";
import type { Clients } from "../../cli/aws-calls/lookups/clients";
import { filesIn } from "../../cli/aws-calls/lookups/files";
import { imagesIn } from "../../cli/aws-calls/lookups/images";
import { logGroupsIn } from "../../cli/aws-calls/lookups/log-groups";
import { resourcePoliciesIn } from "../../cli/aws-calls/lookups/resource-policies";

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: Readonly<Record<string, unknown>>;
}

/** What AWS answers to a call: an object, or the name of an error. */
type Answer = (call: string, input: Command["input"]) => object | string;

/** Clients that answer without AWS, and the calls that reached them. */
function faked(answer: Answer) {
  const calls: string[] = [];
  const send = async ({ constructor: { name }, input }: Command) => {
    const call = name.replace(/Command$/, "");
    calls.push(`${call} ${JSON.stringify(input)}`);
    const found = answer(call, input);
    if (typeof found === "string") {
      throw Object.assign(new Error("no"), { name: found, action: `aws:${call}` });
    }
    return found;
  };
  const client = (real: object) => async () => Object.assign(real, { send });
  const region = "us-east-1";
  const clients = {
    ecr: client(new ECRClient({ region })),
    logs: client(new CloudWatchLogsClient({ region })),
    secrets: client({}),
    keys: client({}),
    buckets: client({}),
  } as unknown as Clients;
  return { clients, calls };
}

const REPOSITORY = "arn:aws:ecr:us-east-1:111122223333:repository/team/orders";
const images = (...tags: string[]) => tags.map((tag) => `${REPOSITORY}:${tag}`);
const EXISTS = { exists: true };

describe("images", () => {
  const only =
    (...tags: string[]): Answer =>
    (call, { imageIds }) =>
      call === "DescribePullThroughCacheRules"
        ? { pullThroughCacheRules: [{ ecrRepositoryPrefix: "quay" }] }
        : (imageIds as { imageTag: string }[]).every(({ imageTag }) => tags.includes(imageTag))
          ? {}
          : "ImageNotFoundException";

  test("of one repository are looked up with one call, and each only once", async () => {
    const { clients, calls } = faked(only("v1", "v2"));
    const image = imagesIn(clients);
    expect(await Promise.all([...images("v1", "v2"), ...images("v1")].map(image))).toEqual([EXISTS, EXISTS, EXISTS]);
    expect(await image(`${REPOSITORY}:v1`)).toEqual(EXISTS);
    expect(calls).toEqual([
      'DescribeImages {"registryId":"111122223333","repositoryName":"team/orders","imageIds":[{"imageTag":"v1"},{"imageTag":"v2"}]}',
    ]);
  });

  test("are looked up one by one if one of them is missing", async () => {
    const { clients, calls } = faked(only("v1"));
    expect(await Promise.all(images("v1", "v2").map(imagesIn(clients)))).toEqual([
      EXISTS,
      { exists: false, why: "its repository has no such image" },
    ]);
    expect(calls).toHaveLength(4);
  });

  test("are found by digest", async () => {
    const { clients, calls } = faked(() => ({}));
    expect(await imagesIn(clients)(`${REPOSITORY}@sha256:0123`)).toEqual(EXISTS);
    expect(calls[0]).toContain('"imageIds":[{"imageDigest":"sha256:0123"}]');
  });

  test.each<[string, Answer, object]>([
    ["no repository", () => "RepositoryNotFoundException", { exists: false }],
    [
      "no permission",
      () => "AccessDeniedException",
      { unknown: "could not be looked up (aws:DescribeImages: AccessDeniedException)" },
    ],
    [
      "a pull-through cache rule for its prefix",
      (call) =>
        call === "DescribeImages"
          ? "ImageNotFoundException"
          : { pullThroughCacheRules: [{ ecrRepositoryPrefix: "team" }] },
      { unknown: "its repository has no such image, but the pull-through cache rule team may import it" },
    ],
    [
      "a pull-through cache rule for every repository",
      (call) =>
        call === "DescribeImages"
          ? "RepositoryNotFoundException"
          : { pullThroughCacheRules: [{ ecrRepositoryPrefix: "ROOT" }] },
      { unknown: "its repository does not exist, but the pull-through cache rule ROOT may import it" },
    ],
    [
      "no permission to read the rules",
      (call) => (call === "DescribeImages" ? "ImageNotFoundException" : "AccessDeniedException"),
      {
        unknown:
          "its repository has no such image, but a pull-through cache rule may import it (aws:DescribePullThroughCacheRules: AccessDeniedException)",
      },
    ],
  ])("with %s", async (_, answer, expected) => {
    expect(await imagesIn(faked(answer).clients)(`${REPOSITORY}:v1`)).toMatchObject(expected);
  });
});

describe("log groups", () => {
  const group = (name: string) => `arn:aws:logs:us-east-1:111122223333:log-group:${name}`;
  const GROUPS = ["/ecs/a", "/ecs/ab"];
  const answer: Answer = (_, { logGroupIdentifiers: names, logGroupNamePrefix: prefix }) => ({
    logGroups: GROUPS.filter((one) => (names as string[] | undefined)?.includes(one) ?? one.startsWith(String(prefix)))
      .slice(0, prefix ? 1 : 50)
      .map((logGroupName) => ({ logGroupName })),
  });
  const gone = { exists: false, why: "it does not exist" };

  test("are looked up with one call, and those that it does not find once more by name", async () => {
    const { clients, calls } = faked(answer);
    expect(await Promise.all(["/ecs/a", "/ecs/ab", "/ecs"].map(group).map(logGroupsIn(clients)))).toEqual([
      EXISTS,
      EXISTS,
      gone,
    ]);
    expect(calls).toEqual([
      'DescribeLogGroups {"logGroupIdentifiers":["/ecs/a","/ecs/ab","/ecs"]}',
      'DescribeLogGroups {"logGroupNamePrefix":"/ecs","limit":1}',
    ]);
  });

  test("are looked up one by one if AWS refuses the list", async () => {
    const { clients } = faked((call, input) =>
      "logGroupIdentifiers" in input ? "InvalidParameterException" : answer(call, input),
    );
    expect(await Promise.all(["/ecs/a", "/ecs/c"].map(group).map(logGroupsIn(clients)))).toEqual([EXISTS, gone]);
  });

  test("are unknown without permission, after one call", async () => {
    const { clients, calls } = faked(() => "AccessDeniedException");
    const unknown = { unknown: "could not be looked up (aws:DescribeLogGroups: AccessDeniedException)" };
    expect(await Promise.all(["/ecs/a", "/ecs/c"].map(group).map(logGroupsIn(clients)))).toEqual([unknown, unknown]);
    expect(calls).toHaveLength(1);
  });
});

test.each<[string, Answer, object]>([
  ["exists", () => ({ Contents: [{ Key: "orders/a.env" }] }), EXISTS],
  [
    "does not",
    () => ({ Contents: [{ Key: "orders/a.env.old" }] }),
    { exists: false, why: "its bucket has no such file" },
  ],
  ["has no bucket", () => "NoSuchBucket", { exists: false, why: "its bucket does not exist" }],
  [
    "is not for the caller",
    () => "AccessDenied",
    { unknown: "could not be looked up (aws:ListObjectsV2: AccessDenied)" },
  ],
])("a file that %s", async (_, answer, expected) => {
  const { clients, calls } = faked(answer);
  expect(await filesIn(clients)("arn:aws:s3:::config/orders/a.env")).toEqual(expected);
  expect(calls).toEqual(['ListObjectsV2 {"Bucket":"config","Prefix":"orders/a.env","MaxKeys":1}']);
});

const TEXT = '{"Statement":[]}';

describe.each([
  [
    REPOSITORY,
    { policyText: TEXT },
    "RepositoryPolicyNotFoundException",
    'GetRepositoryPolicy {"registryId":"111122223333","repositoryName":"team/orders"}',
  ],
  ["arn:aws:s3:::config", { Policy: TEXT }, "NoSuchBucketPolicy", 'GetBucketPolicy {"Bucket":"config"}'],
  [
    "arn:aws:kms:us-east-1:111122223333:key/k",
    { Policy: TEXT },
    undefined,
    'GetKeyPolicy {"KeyId":"arn:aws:kms:us-east-1:111122223333:key/k","PolicyName":"default"}',
  ],
  [
    "arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf",
    { ResourcePolicy: TEXT },
    undefined,
    'GetResourcePolicy {"SecretId":"arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf"}',
  ],
])("the policy of %s", (arn, answer, none, call) => {
  test("is read once", async () => {
    const { clients, calls } = faked(() => answer);
    const policy = resourcePoliciesIn(clients);
    expect([await policy(arn), await policy(arn)]).toEqual(Array(2).fill({ document: JSON.parse(TEXT) }));
    expect(calls).toEqual([call]);
  });

  test("can be missing, and unknown", async () => {
    expect(await resourcePoliciesIn(faked(() => none ?? {}).clients)(arn)).toEqual({});
    const refused = await resourcePoliciesIn(faked(() => "AccessDeniedException").clients)(arn);
    expect(refused).toEqual({ unknown: `aws:${call.split(" ")[0]}: AccessDeniedException` });
  });
});
