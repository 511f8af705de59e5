import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { build } from "esbuild";
import { CLI_PACKAGE, writeCliPackage } from "./package/cli-package";
import { removeInnerDeclarations } from "./package/declarations";
import { CDKTN_PACKAGE, TERRAFORM_ARCHIVE, writeCdktnPackage } from "./package/npm-packages";
import { REGISTRY_REPOSITORY, terraformArchive, writeRegistryRepository } from "./package/registry-repository";
import { TERRAFORM_MODULE_FOLDER, writeTerraformModule } from "./package/terraform-module";
import { PROJECT_ROOT } from "./parts/project";

async function buildAll(): Promise<void> {
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
  const { status } = spawnSync(process.execPath, tsc, { cwd: PROJECT_ROOT, stdio: "inherit" });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
  removeInnerDeclarations(join(PROJECT_ROOT, "lib"));

  console.log("Writing the Terraform module ...");
  await writeTerraformModule();
  writeRegistryRepository();
  writeFileSync(TERRAFORM_ARCHIVE, terraformArchive());

  console.log("Writing the package for CDK Terrain ...");
  writeCdktnPackage();

  console.log("Writing the package for the command ...");
  await writeCliPackage();

  const packages = [TERRAFORM_MODULE_FOLDER, REGISTRY_REPOSITORY, TERRAFORM_ARCHIVE, CDKTN_PACKAGE, CLI_PACKAGE];
  const built = packages.map((path) => relative(PROJECT_ROOT, path));
  console.log(`Built lib, ${built.join(", ")}.`);
}

void buildAll();
