import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CDKTN_PACKAGE } from "../../scripts/package/npm-packages";
import { MAIN_TS, PROJECT_ROOT } from "../../scripts/tools/project";
import { attachedPolicies, ECS_TASKS_TRUST, FOUR_POLICIES, roleNames, trustOf } from "../support/account";
import { pack } from "../support/consumer";
import { endToEnd } from "../support/end-to-end";
import { FreshApp, findNode24, manifestLines, packagesToInstall } from "../support/fresh-app";

const ROLE = "fcjEcsTaskExecutionRole";

const EXAMPLE = join(PROJECT_ROOT, "examples", "fargate-service");

// The answers to all questions of init.
const INIT = [
  ...["init", "--local", "--template=typescript", "--enable-crash-reporting=false"],
  ...["--project-name=fresh", "--project-description=fresh"],
];

// The provider lock queries the public registry even if there is a mirror.
const DEPLOY = ["deploy", "--auto-approve", "--skip-provider-lock"];
const DESTROY = ["destroy", "--auto-approve", "--skip-provider-lock"];

const mainImportingFrom = (name: string) =>
  readFileSync(MAIN_TS, "utf8").replace("./modules/ecs-task-execution-role", name);

endToEnd("a new app, set up as documented in the README,", (tools) => {
  let node24 = "";
  const tarballs: Record<string, string> = {};

  beforeAll(async () => {
    node24 = await findNode24();
    for (const folder of [PROJECT_ROOT, CDKTN_PACKAGE]) {
      const { name } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      tarballs[name] = (await pack(folder, tools.folder)).tarball;
    }
  });

  const appIn = (folder: string) => new FreshApp(join(tools.folder, folder), tools.environment);

  const install = (app: FreshApp, node: string, name: string) =>
    app.on(node, "npm", "install", ...packagesToInstall(name).map((wanted) => tarballs[wanted] ?? wanted));

  const expectRole = async () => {
    expect(await roleNames(tools.iam)).toEqual([ROLE]);
    expect(await attachedPolicies(tools.iam, ROLE)).toEqual(FOUR_POLICIES);
    expect(await trustOf(tools.iam, ROLE)).toEqual(ECS_TASKS_TRUST);
  };

  const expectNoRole = async () => expect(await roleNames(tools.iam)).toEqual([]);

  describe("after cdktf init", () => {
    const thisNode = process.execPath;
    const app = () => appIn("cdktf");

    test("installs the package, and passes the generated tests", async () => {
      // The project's own CLI, because on Node 24 init needs the overrides, too.
      await app().on(thisNode, thisNode, require.resolve("cdktf-cli/bundle/bin/cdktf.js"), ...INIT);
      app().addToManifest(manifestLines());
      await install(app(), thisNode, "cdktf-ecs-task-execution-role");
      await app().on(thisNode, "npm", "test");
    });

    test("deploys the role on Node 24, and destroys it on the version of Node that installed it", async () => {
      app().write("main.ts", mainImportingFrom("cdktf-ecs-task-execution-role"));
      await app().cli(node24, "cdktf", ...DEPLOY);
      await expectRole();
      await app().cli(thisNode, "cdktf", ...DESTROY);
      await expectNoRole();
    });
  });

  describe("after cdktn init", () => {
    const app = () => appIn("cdktn");

    test("installs the package, and passes the generated tests", async () => {
      await app().on(node24, "npx", "--yes", "cdktn-cli@0.24.0", ...INIT);
      await install(app(), node24, "cdktn-ecs-task-execution-role");
      await app().on(node24, "npm", "test");
    });

    test("deploys and destroys the role on Node 24", async () => {
      const main = mainImportingFrom("cdktn-ecs-task-execution-role");
      app().write("main.ts", main.replaceAll("cdktf", "cdktn"));
      await app().cli(node24, "cdktn", ...DEPLOY);
      await expectRole();
      await app().cli(node24, "cdktn", ...DESTROY);
      await expectNoRole();
    });
  });

  test("copied from examples/fargate-service, deploys and destroys both stacks on Node 24", async () => {
    const app = appIn("orders");
    // Without the files that cdktf leaves in a checkout, such as the state.
    for (const file of readdirSync(EXAMPLE).filter((name) => /\.ts$|^(cdktf|package)\.json$/.test(name))) {
      cpSync(join(EXAMPLE, file), join(app.folder, file));
    }
    await app.on(node24, "npm", "install", tarballs["cdktf-ecs-task-execution-role"] ?? "");
    await app.cli(node24, "cdktf", ...DEPLOY, "shared", "service");
    expect(await roleNames(tools.iam)).toEqual(["orders-execution", "orders-task"]);
    await app.cli(node24, "cdktf", ...DESTROY, "service", "shared");
    await expectNoRole();
  });
});
