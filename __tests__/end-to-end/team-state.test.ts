import { cp } from "node:fs/promises";
import { join } from "node:path";
import { run, succeed } from "../../scripts/tools/child-process";
import { MAIN_TS, NODE_WITH_TSX } from "../../scripts/tools/project";
import { attachedPolicies, FOUR_POLICIES, roleNames } from "../support/account";
import { endToEnd } from "../support/end-to-end";
import { RootModule } from "../support/root-module";

const ROLE = "fcjEcsTaskExecutionRole";
const KEY = "team/roles.tfstate";

endToEnd("main.ts with its state in S3", (tools) => {
  // The emulator reads the credential, but does not verify the signature.
  const authorization = "AWS4-HMAC-SHA256 Credential=emulated/20260101/us-east-1/s3/aws4_request";
  const inBucket = (key: string, request: RequestInit = {}) =>
    fetch(`${tools.aws.url}/team-state/${key}`, { ...request, headers: { authorization } });

  /** A team member's checkout, in a separate folder but with the same bucket. */
  const checkout = async (name: string) => {
    const root = new RootModule(tools, join(tools.folder, name));
    await cp(join(tools.folder, "app", "stacks", "ecs-task-execution-role"), root.folder, { recursive: true });
    return root;
  };

  beforeAll(async () => {
    await inBucket("", { method: "PUT" });
    const output = join(tools.folder, "app");
    const env = { ...tools.environment, STATE_BUCKET: "team-state", STATE_KEY: KEY, CDKTF_OUTDIR: output };
    succeed(await run(process.execPath, [...NODE_WITH_TSX, MAIN_TS], { env }));
  });

  test("locks the state, and a stale lock can be released by its ID", async () => {
    const ID = "5b0c2f0e-0000-4000-8000-000000000000";
    const lock = {
      ID,
      Operation: "OperationTypeApply",
      Who: "mine",
      Version: "1.10.0",
      Created: "2026-11-30T00:00:00Z",
    };
    await inBucket(`${KEY}.tflock`, { method: "PUT", body: JSON.stringify(lock) });
    const theirs = await checkout("theirs");
    const { code, output } = await theirs.terraform("apply", "-input=false", "-auto-approve");
    expect(code).toBe(1);
    expect(output).toContain("Error acquiring the state lock");
    expect(output).toMatch(new RegExp(`ID: +${ID}`));
    expect(await roleNames(tools.iam)).toEqual([]);

    succeed(await theirs.terraform("force-unlock", "-force", ID));
    await theirs.apply();
    expect(await attachedPolicies(tools.iam, ROLE)).toEqual(FOUR_POLICIES);
    expect((await inBucket(`${KEY}.tflock`)).status).toBe(404);
  });

  test("stores the state in the bucket, encrypted and shared between checkouts", async () => {
    const kept = await inBucket(KEY);
    expect(kept.headers.get("x-amz-server-side-encryption")).toBe("AES256");
    expect(((await kept.json()) as { resources: object[] }).resources).toHaveLength(7);
    await (await checkout("mine")).expectNoChanges();
  });
});
