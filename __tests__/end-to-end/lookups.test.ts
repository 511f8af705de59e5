import { join } from "node:path";
import { keysOfTheUser } from "../../cli/aws-calls/lookups/keys";
import { lookupsOfTheUser } from "../../cli/aws-calls/lookups/lookups";
import { startAwsProxy } from "../../scripts/tools/aws/aws-proxy";
import { endToEnd } from "../support/end-to-end";
import { pushImage } from "../support/images";
import { RootModule } from "../support/root-module";

const IN = "us-east-1:123456789012";
const parameter = (name: string) => `arn:aws:ssm:${IN}:parameter/${name}`;
const secret = (name: string) => `arn:aws:secretsmanager:${IN}:secret:${name}-??????`;

endToEnd("what the command looks up in AWS", (tools) => {
  const before = { ...process.env };
  let arns: { key: string; secret: string; own_key: string };
  const repository = (name: string) => `arn:aws:ecr:${IN}:repository/${name}`;
  const logGroup = (name: string) => `arn:aws:logs:${IN}:log-group:${name}`;

  beforeAll(async () => {
    const root = new RootModule(tools, join(tools.folder, "stored"));
    await root.writeFixture("lookups.tf");
    await root.apply();
    arns = (await root.outputs()) as typeof arns;
    Object.assign(process.env, tools.environment);
    await pushImage(tools, "team/orders", "v1");
  });
  afterAll(() => {
    process.env = before;
  });

  test.each([
    ["a parameter without encryption", parameter("plain"), false],
    ["a parameter with an AWS managed key", parameter("default"), false],
    ["a parameter with a customer managed key", parameter("own/a"), true],
    ["a parameter with the alias of a customer managed key", parameter("alias"), true],
    ["a secret with an AWS managed key", secret("default"), false],
    ["a secret with a customer managed key", secret("own"), true],
    ["a secret with the alias of a customer managed key", secret("alias"), true],
  ])("is only a customer managed key for %s", async (_, arn, hasKey) => {
    const { keyArn, ...stored } = await keysOfTheUser()(arn);
    expect(stored).toMatchObject({ exists: true });
    expect(keyArn).toBe(hasKey ? arns.own_key : undefined);
  });

  test("is the full ARN of a secret, even if the task definition omits the suffix", async () => {
    const { arn } = await keysOfTheUser()(secret("own"));
    expect(arn).toMatch(/:secret:own-\w{6}$/);
  });

  test.each([parameter("nobody"), secret("nobody")])("is not %s, which does not exist", async (arn) => {
    expect(await keysOfTheUser()(arn)).toEqual({ exists: false });
  });

  test("is images by their tag", async () => {
    const { image } = lookupsOfTheUser();
    const [found, ...missing] = await Promise.all(
      [`${repository("team/orders")}:v1`, `${repository("team/orders")}:v2`, `${repository("nobody")}:v1`].map(image),
    );
    expect(found).toEqual({ exists: true });
    expect(missing).toEqual([
      { exists: false, why: "its repository has no such image" },
      { exists: false, why: "its repository does not exist" },
    ]);
  });

  test("is log groups by their whole name", async () => {
    const names = ["/ecs/orders", "/ecs/orders-more", "/ecs", "/ecs/orders-m"];
    const found = await Promise.all(names.map(logGroup).map(lookupsOfTheUser().logGroup));
    expect(found.map((one) => "exists" in one && one.exists)).toEqual([true, true, false, false]);
    expect(await lookupsOfTheUser().logGroup(logGroup("/ecs/orders-m"))).toMatchObject({ exists: false });
  });

  test("is files by their whole name", async () => {
    const { file } = lookupsOfTheUser();
    expect(await file("arn:aws:s3:::config/orders/production.env")).toEqual({ exists: true });
    expect(await file("arn:aws:s3:::config/orders/production")).toMatchObject({ exists: false });
    expect(await file("arn:aws:s3:::nobody/orders/production.env")).toEqual({
      exists: false,
      why: "its bucket does not exist",
    });
  });

  test("is the policies of resources", async () => {
    const { policy } = lookupsOfTheUser();
    const read = await Promise.all(
      [repository("team/orders"), "arn:aws:s3:::config", arns.key, arns.secret].map(policy),
    );
    expect(read.map((one) => one && "document" in one && [one.document?.Statement].flat()[0]?.Sid)).toEqual([
      "Pull",
      "Read",
      "Keys",
      "Secrets",
    ]);
    const none = [repository("plain"), "arn:aws:s3:::plain", secret("plain").replace("-??????", "")];
    expect(await Promise.all(none.map(policy))).toEqual([{}, {}, {}]);
    const nobody = [repository("nobody"), "arn:aws:s3:::nobody", secret("nobody").replace("-??????", "")];
    expect(await Promise.all(nobody.map(policy))).toEqual([undefined, undefined, undefined]);
  });

  test("is unknown if AWS denies access, which it says", async () => {
    const refusal = JSON.stringify({ __type: "AccessDeniedException", message: "no" });
    const proxy = await startAwsProxy(tools.aws.url, (call) => call.answer(400, refusal));
    process.env.AWS_ENDPOINT_URL = proxy.url;
    const { image, policy } = lookupsOfTheUser();
    expect(await keysOfTheUser()(secret("own"))).toEqual({
      exists: true,
      unknown: `the KMS key of ${secret("own")} is unknown (secretsmanager:DescribeSecret: AccessDeniedException)`,
    });
    expect(await image(`${repository("team/orders")}:v1`)).toEqual({
      unknown: "could not be looked up (ecr:DescribeImages: AccessDeniedException)",
    });
    expect(await policy(arns.key)).toEqual({ unknown: "kms:GetKeyPolicy: AccessDeniedException" });
    process.env.AWS_ENDPOINT_URL = tools.aws.url;
    await proxy.stop();
  });
});
