import { existsSync, readFileSync } from "node:fs";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { terraformArchive } from "../../scripts/package/registry-repository";
import { TERRAFORM_MODULE_FOLDER } from "../../scripts/package/terraform-module";
import { run, succeed } from "../../scripts/tools/child-process";
import { PROJECT_ROOT } from "../../scripts/tools/project";
import { attachedPolicies, FOUR_POLICIES } from "../support/account";
import { endToEnd, type RealTools } from "../support/end-to-end";
import { RootModule } from "../support/root-module";

/** The module block for each source in the README of the module, in order. */
const BLOCKS = [
  ...readFileSync(join(PROJECT_ROOT, "modules/ecs-task-execution-role/README.md"), "utf8").matchAll(
    /```hcl\n(module "execution_role" \{\n {2}source +?= "([^"]+)"[^`]+)```/g,
  ),
].flatMap(([, block = "", source = ""]) => (block.includes("access") ? [] : [{ block, source }]));

const MODULE = "modules/ecs-task-execution-role/terraform";

const { version } = JSON.parse(readFileSync(join(PROJECT_ROOT, "package.json"), "utf8"));

endToEnd("the Terraform module", (tools) => {
  let server: Server;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const [status, headers, body] = Object.entries(ANSWERS).find(([path]) => request.url?.endsWith(path))?.[1] ?? [
        404,
      ];
      response.writeHead(status, headers).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  /** The responses of the registry and the release page. */
  const ANSWERS: Readonly<Record<string, readonly [status: number, headers?: Record<string, string>, body?: Buffer]>> =
    {
      ".zip": [200, {}, Buffer.from(terraformArchive())],
      "/modules/OWNER/ecs-task-execution-role/aws/versions": [
        200,
        { "content-type": "application/json" },
        Buffer.from(JSON.stringify({ modules: [{ versions: [{ version }] }] })),
      ],
      [`/modules/OWNER/ecs-task-execution-role/aws/${version}/download`]: [204, { "x-terraform-get": "/module.zip" }],
    };

  /** Replaces the network location in each source with one on this machine. */
  const HERE: Record<string, (root: RootModule, source: string) => Promise<string>> = {
    "the registry": async (_, source) => source,
    "a path": async (root, source) => {
      await cp(TERRAFORM_MODULE_FOLDER, join(root.folder, source), { recursive: true });
      return source;
    },
    git: async (root, source) => {
      const repository = join(root.folder, "..", "repository.git");
      await cp(TERRAFORM_MODULE_FOLDER, join(repository, MODULE), { recursive: true });
      const git = async (...args: string[]) => succeed(await run("git", args, { cwd: repository }));
      await git("init", "--quiet");
      await git("add", ".");
      await git("-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "--quiet", "--message=release");
      await git("tag", source.split("?ref=")[1] ?? "");
      return source.replace(/https:.+\.git/, `file://${repository}`);
    },
    "a release archive": async (_, source) => {
      const { port } = server.address() as AddressInfo;
      return source.replace(/https:\/\/[^/]+/, `http://127.0.0.1:${port}`);
    },
    "the npm package": async (root, source) => {
      const packed = succeed(
        await run("npm", ["pack", "--silent", "--pack-destination", tools.folder], { cwd: PROJECT_ROOT }),
      );
      const folder = join(root.folder, "node_modules", "cdktf-ecs-task-execution-role");
      await mkdir(folder, { recursive: true });
      const tarball = join(tools.folder, packed.stdout.trim().split("\n").at(-1) ?? "");
      succeed(await run("tar", ["-xzf", tarball, "-C", folder, "--strip-components=1"]));
      return source;
    },
  };

  test("has a documented module block for each kind of source", () => {
    expect(BLOCKS.map(({ source }) => source)).toEqual([
      "OWNER/ecs-task-execution-role/aws",
      "./ecs-task-execution-role",
      `git::https://github.com/OWNER/cdktf-ecs-task-execution-role.git//${MODULE}?ref=v${version}`,
      `https://github.com/OWNER/cdktf-ecs-task-execution-role/releases/download/v${version}/terraform-aws-ecs-task-execution-role-${version}.zip`,
      `./node_modules/cdktf-ecs-task-execution-role/${MODULE}`,
    ]);
  });

  const sources = Object.keys(HERE).map((form, index) => ({ form, ...BLOCKS[index], name: form.replaceAll(" ", "-") }));

  /** The tools, but with the local server as Terraform's registry. */
  const withRegistry = async (): Promise<RealTools> => {
    const { port } = server.address() as AddressInfo;
    const own = tools.environment.TF_CLI_CONFIG_FILE;
    const services = `services = { "modules.v1" = "http://127.0.0.1:${port}/modules/" }`;
    const hosts = ["terraform.io", "opentofu.org"].map((name) => `host "registry.${name}" {\n  ${services}\n}\n`);
    const configuration = join(tools.folder, "registry.tfrc");
    await writeFile(configuration, [own && existsSync(own) ? readFileSync(own, "utf8") : "", ...hosts].join("\n"));
    return { ...tools, environment: { ...tools.environment, TF_CLI_CONFIG_FILE: configuration } };
  };

  // One root module installs the module from all sources.
  beforeAll(async () => {
    const root = new RootModule(await withRegistry(), join(tools.folder, "sources", "root"));
    for (const { form, block = "", source = "", name } of sources) {
      await mkdir(root.folder, { recursive: true });
      const here = (await HERE[form]?.(root, source)) ?? "";
      const text = block.replace(source, here).replace("execution_role", name).replace("fcjEcsTaskExecutionRole", name);
      await root.write(`${name}.tf`, text);
    }
    await root.apply();
    await root.expectNoChanges();
  });

  test.each(sources)("can be installed and applied from $form, as documented", async ({ name }) => {
    expect(await attachedPolicies(tools.iam, name)).toEqual(FOUR_POLICIES);
  });
});
