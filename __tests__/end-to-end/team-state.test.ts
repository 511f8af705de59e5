import { join } from "node:path";
import { type AwsCall, startAwsProxy } from "../../scripts/support/aws-proxy";
import { type Environment, run, start, succeed } from "../../scripts/support/child-process";
import { MAIN_TS, NODE_WITH_TSX } from "../../scripts/support/project";
import { attachedPolicies, FOUR_POLICIES, roleNames } from "../support/account";
import { endToEnd, withOwnProvider } from "../support/end-to-end";
import { RootModule } from "../support/root-module";

const ROLE = "fcjEcsTaskExecutionRole";
const KEY = "team/roles.tfstate";

endToEnd("main.ts with its state in a bucket", (parts) => {
  const bucket = () => `${parts.aws.url}/team-state`;
  // The emulator looks at who asks, not at the signature.
  const authorization = "AWS4-HMAC-SHA256 Credential=emulated/20260101/us-east-1/s3/aws4_request";
  const inBucket = (key: string) => fetch(`${bucket()}/${key}`, { headers: { authorization } });

  /** A colleague's checkout: another folder, the same bucket. */
  const checkout = async (name: string, environment: Environment = parts.environment) => {
    const output = join(parts.folder, name);
    const env = { ...environment, STATE_BUCKET: "team-state", STATE_KEY: KEY, CDKTF_OUTDIR: output };
    succeed(await run(process.execPath, [...NODE_WITH_TSX, MAIN_TS], { env }));
    const root = new RootModule(
      { ...withOwnProvider(parts), environment },
      join(output, "stacks", "ecs-task-execution-role"),
    );
    succeed(await root.terraform("init", "-input=false"));
    return root;
  };

  beforeAll(() => fetch(bucket(), { method: "PUT", headers: { authorization } }));

  test("is locked for as long as somebody applies, and a stale lock is released by its id", async () => {
    let onCall = (call: AwsCall) => call.forward();
    const proxy = await startAwsProxy(parts.aws.url, (call) => onCall(call));
    const environment = { ...parts.environment, AWS_ENDPOINT_URL: proxy.url };
    const [mine, theirs] = [await checkout("mine", environment), await checkout("theirs")];

    const apply = start(parts.terraform.command, ["apply", "-no-color", "-input=false", "-auto-approve"], {
      cwd: mine.folder,
      env: environment,
    });
    // The apply hangs at its first change, with the lock in its hands.
    await new Promise<void>((resolve) => {
      onCall = (call) => (call.action === "CreateRole" ? resolve() : call.forward());
    });
    const refused = await theirs.terraform("apply", "-input=false", "-auto-approve");
    expect(refused.code).toBe(1);
    expect(refused.output).toContain("Error acquiring the state lock");
    expect(refused.output).toContain("OperationTypeApply");
    expect(await roleNames(parts.iam)).toEqual([]);
    expect((await inBucket(KEY)).status).toBe(404);

    await apply.stop();
    const { ID } = (await (await inBucket(`${KEY}.tflock`)).json()) as { ID: string };
    expect(refused.output).toContain(ID);
    succeed(await theirs.terraform("force-unlock", "-force", ID));
    expect((await inBucket(`${KEY}.tflock`)).status).toBe(404);
    await theirs.apply();
    expect(await attachedPolicies(parts.iam, ROLE)).toEqual(FOUR_POLICIES);
  });

  test("is in the bucket, encrypted, where everybody finds it", async () => {
    const kept = await inBucket(KEY);
    expect(kept.headers.get("x-amz-server-side-encryption")).toBe("AES256");
    expect(((await kept.json()) as { resources: object[] }).resources).toHaveLength(7);
    const another = await checkout("another");
    await another.expectNoChanges();
    await another.destroy();
    expect(await roleNames(parts.iam)).toEqual([]);
  });
});
