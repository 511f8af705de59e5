import { cp } from "node:fs/promises";
import { join } from "node:path";
import { type AwsCall, startAwsProxy } from "../../scripts/parts/aws/aws-proxy";
import { run, start, succeed } from "../../scripts/parts/child-process";
import { MAIN_TS, NODE_WITH_TSX } from "../../scripts/parts/project";
import { attachedPolicies, FOUR_POLICIES, roleNames } from "../support/account";
import { endToEnd, withOwnProvider } from "../support/end-to-end";
import { RootModule } from "../support/root-module";

const ROLE = "fcjEcsTaskExecutionRole";
const KEY = "team/roles.tfstate";

endToEnd("main.ts with its state in S3", (parts) => {
  const bucket = () => `${parts.aws.url}/team-state`;
  // The emulator reads the credential, but does not verify the signature.
  const authorization = "AWS4-HMAC-SHA256 Credential=emulated/20260101/us-east-1/s3/aws4_request";
  const inBucket = (key: string) => fetch(`${bucket()}/${key}`, { headers: { authorization } });

  /** A team member's checkout, in a separate folder but with the same bucket. */
  const checkout = async (name: string, using = parts) => {
    const root = new RootModule(using, join(parts.folder, name));
    await cp(join(parts.folder, "app", "stacks", "ecs-task-execution-role"), root.folder, { recursive: true });
    succeed(await root.terraform("init", "-input=false"));
    return root;
  };

  let mine: RootModule;

  beforeAll(async () => {
    await fetch(bucket(), { method: "PUT", headers: { authorization } });
    const output = join(parts.folder, "app");
    const env = { ...parts.environment, STATE_BUCKET: "team-state", STATE_KEY: KEY, CDKTF_OUTDIR: output };
    succeed(await run(process.execPath, [...NODE_WITH_TSX, MAIN_TS], { env }));
    // This checkout starts its own provider, because the running one does not reach AWS through the proxy.
    mine = await checkout("mine", withOwnProvider(parts));
  });

  test("locks the state during an apply, and a stale lock can be released by its ID", async () => {
    let onCall = (call: AwsCall) => call.forward();
    const proxy = await startAwsProxy(parts.aws.url, (call) => onCall(call));
    const theirs = await checkout("theirs");

    const apply = start(parts.terraform.command, ["apply", "-no-color", "-input=false", "-auto-approve"], {
      cwd: mine.folder,
      env: { ...parts.environment, AWS_ENDPOINT_URL: proxy.url },
    });
    // The apply hangs at its first change, while it holds the lock.
    await new Promise<void>((resolve, reject) => {
      onCall = (call) => (call.action === "CreateRole" ? resolve() : call.forward());
      apply.finished.then(({ output }) => reject(new Error(`The apply ended early:\n${output}`)), reject);
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

  test("stores the state in the bucket, encrypted and shared between checkouts", async () => {
    const kept = await inBucket(KEY);
    expect(kept.headers.get("x-amz-server-side-encryption")).toBe("AES256");
    expect(((await kept.json()) as { resources: object[] }).resources).toHaveLength(7);
    // This checkout's own apply was killed, so it knows the role only from the bucket.
    await new RootModule(parts, mine.folder).expectNoChanges();
  });
});
