import { join } from "node:path";
import { keysOfTheUser } from "../../cli/account/keys";
import { startAwsProxy } from "../../scripts/parts/aws/aws-proxy";
import { endToEnd } from "../support/end-to-end";
import { RootModule } from "../support/root-module";

const IN = "us-east-1:123456789012";
const parameter = (name: string) => `arn:aws:ssm:${IN}:parameter/${name}`;
const secret = (name: string) => `arn:aws:secretsmanager:${IN}:secret:${name}-??????`;

const CONFIGURATION = {
  resource: {
    aws_kms_key: { key: { description: "orders" } },
    aws_kms_alias: { key: { name: "alias/orders", target_key_id: "${aws_kms_key.key.id}" } },
    aws_ssm_parameter: {
      plain: { name: "/plain", type: "String", value: "x" },
      default: { name: "default", type: "SecureString", value: "x" },
      own: { name: "/own/a", type: "SecureString", value: "x", key_id: "${aws_kms_key.key.arn}" },
      alias: { name: "alias", type: "SecureString", value: "x", key_id: "${aws_kms_alias.key.name}" },
    },
    aws_secretsmanager_secret: {
      default: { name: "default" },
      own: { name: "own", kms_key_id: "${aws_kms_key.key.key_id}" },
      alias: { name: "alias", kms_key_id: "${aws_kms_alias.key.arn}" },
    },
  },
  output: { key: { value: "${aws_kms_key.key.arn}" } },
};

endToEnd("keysOfTheUser()", (parts) => {
  const before = { ...process.env };
  let key: string;

  beforeAll(async () => {
    const root = new RootModule(parts, join(parts.folder, "stored"));
    await root.write("main.tf.json", JSON.stringify(CONFIGURATION));
    await root.apply();
    ({ key } = (await root.outputs()) as { key: string });
    Object.assign(process.env, parts.environment);
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
  ])("returns only a customer managed key for %s", async (_, arn, hasKey) => {
    const { keyArn, ...stored } = await keysOfTheUser()(arn);
    expect(stored).toMatchObject({ exists: true });
    expect(keyArn).toBe(hasKey ? key : undefined);
  });

  test("returns the full ARN of a secret, even if the task definition omits the suffix", async () => {
    const { arn } = await keysOfTheUser()(secret("own"));
    expect(arn).toMatch(/:secret:own-\w{6}$/);
  });

  test.each([parameter("nobody"), secret("nobody")])("returns that %s does not exist", async (arn) => {
    expect(await keysOfTheUser()(arn)).toEqual({ exists: false });
  });

  test("returns why the key is unknown if AWS denies access", async () => {
    const refusal = JSON.stringify({ __type: "AccessDeniedException", message: "no" });
    const proxy = await startAwsProxy(parts.aws.url, (call) => call.answer(400, refusal));
    process.env.AWS_ENDPOINT_URL = proxy.url;
    expect(await keysOfTheUser()(secret("own"))).toEqual({
      exists: true,
      unknown: `the KMS key of ${secret("own")} is unknown (secretsmanager:DescribeSecret: AccessDeniedException)`,
    });
    process.env.AWS_ENDPOINT_URL = parts.aws.url;
    await proxy.stop();
  });
});
