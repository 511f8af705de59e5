import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_MANAGED_POLICIES, EcsTaskExecutionRole } from "../../modules/ecs-task-execution-role";
import { run } from "../../scripts/tools/child-process";
import { MAIN_TS, NODE_WITH_TSX, PROJECT_ROOT } from "../../scripts/tools/project";
import { AWS_PROVIDER_VERSIONS } from "../../scripts/tools/terraform/terraform";
import { synthesize } from "../support/synthesize";

describe("main.ts", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "main-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const synthesizeByCommand = async (environment: Record<string, string>) => {
    const command = JSON.parse(readFileSync(join(PROJECT_ROOT, "cdktf.json"), "utf8")).app as string;
    expect(command).toBe("node --disable-warning=DEP0044 --import tsx main.ts");
    const { code, stdout, output } = await run(process.execPath, [...NODE_WITH_TSX, MAIN_TS], {
      cwd: folder,
      env: { ...process.env, CDKTF_OUTDIR: folder, ...environment },
    });
    expect(stdout).toBe("");
    expect(output).not.toContain("DeprecationWarning");
    expect(code).toBe(0);
    return synthesized();
  };

  const synthesized = () =>
    JSON.parse(readFileSync(join(folder, "stacks/ecs-task-execution-role/cdk.tf.json"), "utf8"));

  /** In this process, which has loaded cdktf. */
  const synthesizeMain = (environment: Record<string, string>) => {
    const before = process.env;
    process.env = { ...before, CDKTF_OUTDIR: folder, ...environment };
    jest.isolateModules(() => require(MAIN_TS));
    process.env = before;
    return synthesized();
  };

  test("synthesizes the workshop's role and its outputs for versions 5.x and 6.x of the AWS provider", async () => {
    const { resource, output, terraform, provider } = await synthesizeByCommand({ AWS_REGION: "", STATE_BUCKET: "" });
    expect(Object.values(resource.aws_iam_role)).toMatchObject([{ name: "fcjEcsTaskExecutionRole" }]);
    expect(Object.keys(output).sort()).toEqual(["policy_arns", "role_arn", "role_name"]);
    expect(terraform.required_providers.aws.version).toBe(AWS_PROVIDER_VERSIONS);
    expect(terraform.backend).toEqual({ local: { path: join(folder, "terraform.ecs-task-execution-role.tfstate") } });
    expect(provider.aws).toEqual([{ region: "us-east-1" }]);
    expect(keys(resource.aws_iam_role_policy_attachment)).toEqual(keysOfTheLineInTheReadme());
  });

  const keys = (attachments: object = {}) => Object.keys(attachments).sort();

  /** The line in the README that attaches the same policies. */
  const keysOfTheLineInTheReadme = () => {
    const readme = readFileSync(join(PROJECT_ROOT, "README.md"), "utf8");
    const [line = ""] = readme.match(/^new EcsTaskExecutionRole\(stack.*DEFAULT_MANAGED_POLICIES.*$/m) ?? [];
    const byLine = synthesize((stack) => {
      new Function("EcsTaskExecutionRole", "DEFAULT_MANAGED_POLICIES", "stack", line)(
        EcsTaskExecutionRole,
        DEFAULT_MANAGED_POLICIES,
        stack,
      );
    });
    return keys(byLine.resource.aws_iam_role_policy_attachment);
  };

  test("has fewer than 30 lines", () => {
    expect(readFileSync(MAIN_TS, "utf8").trimEnd().split("\n").length).toBeLessThan(30);
  });

  test("reads the Region from AWS_REGION, and stores its state in STATE_BUCKET with encryption and a lock file", () => {
    const { provider, terraform: s3 } = synthesizeMain({
      STATE_BUCKET: "team-state",
      AWS_REGION: "eu-central-1",
    });
    expect(provider.aws).toEqual([{ region: "eu-central-1" }]);
    const [bucket, key] = ["team-state", "ecs-task-execution-role.tfstate"];
    expect(s3.backend).toEqual({ s3: { bucket, key, region: "eu-central-1", encrypt: true, use_lockfile: true } });
    const { terraform: named } = synthesizeMain({
      STATE_BUCKET: bucket,
      STATE_KEY: "a/b",
      STATE_REGION: "us-west-2",
    });
    expect(named.backend.s3).toMatchObject({ key: "a/b", region: "us-west-2" });
  });
});
