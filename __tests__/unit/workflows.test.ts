import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "../../cli/commands/command";
import { COMMANDS } from "../../cli/commands/commands";
import { registryRepositoryFiles, terraformArchive } from "../../scripts/package/registry-repository";
import { run, succeed } from "../../scripts/tools/child-process";
import { PROJECT_ROOT } from "../../scripts/tools/project";

const FOLDER = join(PROJECT_ROOT, ".github", "workflows");
const { scripts, version } = JSON.parse(readFileSync(join(PROJECT_ROOT, "package.json"), "utf8"));

const ACTION = readFileSync(join(PROJECT_ROOT, "action.yml"), "utf8");
const PAGE = readFileSync(join(PROJECT_ROOT, "docs", "existing-roles.md"), "utf8");

const WORKFLOWS = readdirSync(FOLDER).map((file) => [file, readFileSync(join(FOLDER, file), "utf8")] as const);

test.each([...WORKFLOWS, ["action.yml", ACTION] as const, ["docs/existing-roles.md", PAGE] as const])(
  "%s pins every action to a commit, with its version in a comment",
  (_, text) => {
    const uses = [...text.matchAll(/uses: (.*)/g)].map(([, action = ""]) => action);
    const others = uses.filter((action) => !action.startsWith("OWNER/"));
    expect(others.length).toBeGreaterThan(0);
    expect(others.filter((action) => !/^[\w-]+(\/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  },
);

describe.each(WORKFLOWS)("the workflow %s", (_, text) => {
  test("has read-only permissions by default", () => {
    expect(text).toMatch(/^permissions:\n {2}contents: read\n/m);
  });

  test("runs only npm scripts that exist", () => {
    const commands = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script = ""]) => script);
    expect(commands.filter((script) => !(script in scripts))).toEqual([]);
  });
});

describe("the release", () => {
  const text = readFileSync(join(FOLDER, "release.yml"), "utf8");
  const [, build = "", publish = "", registry = ""] = text.split(/^ {2}(?=(?:build|publish|registry):$)/m);

  test("tests and builds in a read-only job, and only for a tag on main", () => {
    expect(build).toMatch(/permissions:\n {6}contents: read\n {4}steps:/);
    expect(build).not.toMatch(/: write/);
    expect(build).toContain("bash .ci/run");
    expect(build).toContain('git merge-base --is-ancestor "$GITHUB_SHA" origin/main');
  });

  test("publishes in a job that runs no code of the repository or its dependencies", () => {
    expect(publish).toMatch(/contents: write.*\n.*id-token: write.*\n.*attestations: write/);
    expect(publish).not.toMatch(/checkout|npm (ci|install|run)|npx|\.ci/);
    expect(publish).toContain("release/SHA256SUMS");
  });

  describe("to the registry repository", () => {
    const [, script = ""] = registry.match(/ {8}run: \|\n([\s\S]+)$/) ?? [];
    let folder: string;
    const git = async (...args: string[]) => succeed(await run("git", args, { cwd: folder })).stdout.trim();
    const publishTag = (tag: string, key: string) =>
      run("bash", ["-e", "-c", script.replaceAll(/^ {10}/gm, "")], {
        cwd: join(folder, "work"),
        env: {
          ...process.env,
          DEPLOY_KEY: key,
          GITHUB_REF_NAME: tag,
          REGISTRY_REPOSITORY: join(folder, "registry.git"),
          RUNNER_TEMP: folder,
        },
      });

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "registry-"));
      await git("init", "--quiet", "--bare", "--initial-branch=main", "registry.git");
      mkdirSync(join(folder, "work", "release"), { recursive: true });
      writeFileSync(join(folder, "work", "release", "terraform-aws-role-1.0.0.zip"), terraformArchive());
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    test("has its own deploy key, and is skipped if the key is missing", async () => {
      expect(registry).toMatch(/environment: registry\n {4}permissions: \{\}/);
      expect(registry).not.toMatch(/checkout|npm|npx/);
      const { code, output } = await publishTag("v1.0.0", "");
      expect([code, output]).toEqual([0, "Skipped: the environment has no REGISTRY_DEPLOY_KEY.\n"]);
    });

    test("pushes the archive as a commit and a tag, but only once", async () => {
      succeed(await publishTag("v1.0.0", "key"));
      rmSync(join(folder, "work", "registry"), { recursive: true });
      expect((await publishTag("v1.0.0", "key")).output).toContain("v1.0.0 is there already.");
      expect(await git("--git-dir=registry.git", "rev-parse", "v1.0.0")).toBe(
        await git("--git-dir=registry.git", "rev-parse", "main"),
      );
      const files = await git("--git-dir=registry.git", "ls-tree", "-r", "--name-only", "v1.0.0");
      expect(files.split("\n")).toEqual(Object.keys(registryRepositoryFiles()));
    });
  });
});

describe("the GitHub action", () => {
  const [, inputs = ""] = ACTION.match(/^inputs:\n(.*?)^outputs:/ms) ?? [];
  const declared = [...inputs.matchAll(/^ {2}([\w-]+):$/gm)].map(([, name]) => name);

  test("runs the command of the same release", () => {
    expect(ACTION).toContain(`default: ${version}\n`);
  });

  test("passes its inputs through the environment, so that they cannot inject commands into a script", () => {
    const used = [...ACTION.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name);
    expect([...new Set(used)].sort()).toEqual([...declared].sort());
    const runs = [...ACTION.matchAll(/run: (.*?)^ {6}env:/gms)].map(([, run = ""]) => run);
    expect(runs).toHaveLength(2);
    expect(runs.filter((run) => run.includes("${{"))).toEqual([]);
  });

  test("takes every source of the command and its options", () => {
    const { options } = COMMANDS.check as Command;
    const sources = Object.entries(options).filter(([, { multiple }]) => multiple);
    expect(sources.length).toBeGreaterThan(4);
    expect(sources.map(([name]) => name).filter((name) => !declared.includes(name))).toEqual([]);
  });

  describe("with a stub of the command", () => {
    const [, script = ""] = ACTION.match(/run: \|\n(.*?)^ {6}env:/ms) ?? [];
    let folder: string;
    /** Runs the script; the stub prints its arguments, or fails if one is `nobody.json`. */
    const check = async (inputs: Readonly<Record<string, string>>) => {
      const [summary, output] = [join(folder, "summary"), join(folder, "output")];
      writeFileSync(summary, "");
      writeFileSync(output, "");
      const { stdout } = succeed(
        await run("bash", ["--noprofile", "--norc", "-euo", "pipefail", "-c", script], {
          cwd: folder,
          env: {
            ...process.env,
            ...Object.fromEntries(
              ["FILE", "TASK_DEFINITION", "SERVICE", "CLUSTER", "IMAGE", "IGNORE"].map((name) => [name, ""]),
            ),
            ...{ STRICT: "false", VERSION: "1.2.3" },
            ...{ RUNNER_TEMP: folder, GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary },
            PATH: `${folder}:${process.env.PATH}`,
            ...inputs,
          },
        }),
      );
      return { stdout, summary: readFileSync(summary, "utf8"), output: readFileSync(output, "utf8") };
    };

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), "action-"));
      const stub = [
        "#!/bin/sh",
        'case "$*" in *nobody.json*) echo "npm warn old" >&2; echo "Could not check: nobody.json" >&2; exit 2;; esac',
        'for one in "$@"; do echo "$one"; done',
        // The file is the value after --sarif.
        'if [ -n "${WRITE_SARIF:-}" ]; then echo "$WRITE_SARIF" > "$5"; fi',
      ];
      writeFileSync(join(folder, "npx"), stub.join("\n"), { mode: 0o755 });
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    test("passes each line of an input as a value, and writes a job summary", async () => {
      const { stdout, summary, output } = await check({
        FILE: "a.json\nwith space.json\n",
        TASK_DEFINITION: "orders:3",
        SERVICE: "prod/api",
        CLUSTER: "--sarif",
        IMAGE: "app=nginx",
        IGNORE: "excess-permission=s3:* on *\nunknown-value",
        STRICT: "true",
      });
      expect(stdout.trimEnd().split("\n")).toEqual([
        ...[
          "--yes",
          "ecs-task-execution-role@1.2.3",
          "check",
          "--sarif",
          join(folder, "ecs-task-execution-role.sarif"),
        ],
        ...["--file=a.json", "--file=with space.json", "--task-definition=orders:3", "--service=prod/api"],
        // A value is never read as an option.
        ...["--cluster=--sarif", "--image=app=nginx"],
        ...["--ignore=excess-permission=s3:* on *", "--ignore=unknown-value", "--strict"],
      ]);
      expect(summary.startsWith("### Task execution roles\n\n    --yes\n    ecs-task-execution-role@1.2.3\n")).toBe(
        true,
      );
      expect(output).toContain("code=0\n");
    });

    test("uploads the findings that are not suppressed", async () => {
      const [open, suppressed] = [{ suppressions: [] }, { suppressions: [{ kind: "external" }] }];
      await check({ WRITE_SARIF: JSON.stringify({ runs: [{ results: [open, suppressed, open] }] }) });
      const resultsIn = (file: string) => JSON.parse(readFileSync(join(folder, file), "utf8")).runs[0].results;
      expect(resultsIn("ecs-task-execution-role.sarif")).toEqual([open, suppressed, open]);
      expect(resultsIn("ecs-task-execution-role.upload.sarif")).toEqual([open, open]);
      expect(ACTION).toContain("sarif_file: ${{ runner.temp }}/ecs-task-execution-role.upload.sarif\n");
    });

    test("writes why it could not check to the summary", async () => {
      const { summary, output } = await check({ FILE: "nobody.json" });
      expect(summary).toContain("    Could not check: nobody.json\n");
      expect(output).toContain("code=2\n");
    });
  });
});

describe("the workflows in the documentation", () => {
  test("use inputs that the action has", () => {
    const withs = [...PAGE.matchAll(/uses: OWNER\/.*\n +with:\n((?: {10}.*\n)+)/g)].map(([, block = ""]) => block);
    const names = withs.flatMap((block) => [...block.matchAll(/^ {10}([\w-]+):/gm)].map(([, name]) => name));
    expect(names.length).toBeGreaterThan(2);
    expect(names.filter((name) => !ACTION.includes(`\n  ${name}:\n`))).toEqual([]);
  });

  test("have the permissions that the action needs", () => {
    for (const permission of ["contents: read", "id-token: write", "security-events: write", "actions: read"]) {
      expect(PAGE).toContain(`\n  ${permission}`);
    }
  });
});
