import { rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { build } from "esbuild";
import { CLI_PACKAGE, writeCliPackage } from "./package/cli-package";
import { removeInnerDeclarations } from "./package/declarations";
import { CDKTN_PACKAGE, TERRAFORM_ARCHIVE, writeCdktnPackage } from "./package/npm-packages";
import { REGISTRY_REPOSITORY, terraformArchive, writeRegistryRepository } from "./package/registry-repository";
import { run, succeed } from "./tools/child-process";
import { runCommand } from "./tools/command-line";
import { PROJECT_ROOT } from "./tools/project";

const usage = `Compiles the package to lib/. Writes the registry repository of the Terraform module, its archive, the
package for CDK Terrain and the command's package to dist/.

  npm run build`;

async function buildAll(): Promise<number> {
  console.log("Compiling the package to lib/ ...");
  rmSync(join(PROJECT_ROOT, "lib"), { recursive: true, force: true });
  // One file, because every file that Node.js loads slows the import down.
  await build({
    entryPoints: [join(PROJECT_ROOT, "modules", "ecs-task-execution-role", "index.ts")],
    outfile: join(PROJECT_ROOT, "lib", "index.js"),
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20.19",
  });
  const tsc = [require.resolve("typescript/bin/tsc"), "-p", "tsconfig.build.json"];
  succeed(await run(process.execPath, tsc, { cwd: PROJECT_ROOT }));
  removeInnerDeclarations(join(PROJECT_ROOT, "lib"));

  console.log("Packing the Terraform module ...");
  writeRegistryRepository();
  writeFileSync(TERRAFORM_ARCHIVE, terraformArchive());

  console.log("Writing the package for CDK Terrain ...");
  writeCdktnPackage();

  console.log("Writing the package for the command ...");
  await writeCliPackage();

  const packages = [REGISTRY_REPOSITORY, TERRAFORM_ARCHIVE, CDKTN_PACKAGE, CLI_PACKAGE];
  const built = packages.map((path) => relative(PROJECT_ROOT, path));
  console.log(`Built lib, ${built.join(", ")}.`);
  return 0;
}

void runCommand({ usage }, buildAll);
