import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { PROJECT_ROOT } from "./support/project";
import { terraformArchive } from "./support/terraform-archive";
import { TERRAFORM_MODULE_FILE, terraformModuleText } from "./support/terraform-module-file";

const { version } = JSON.parse(readFileSync(join(PROJECT_ROOT, "package.json"), "utf8")) as { version: string };
const archive = join(PROJECT_ROOT, "dist", `terraform-aws-ecs-task-execution-role-${version}.zip`);

console.log("Compiling the package to lib/ ...");
rmSync(join(PROJECT_ROOT, "lib"), { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", "tsconfig.build.json"], {
  cwd: PROJECT_ROOT,
  stdio: "inherit",
});
if (status !== 0) {
  process.exit(status ?? 1);
}

console.log("Writing the Terraform module ...");
writeFileSync(TERRAFORM_MODULE_FILE, terraformModuleText());
mkdirSync(join(PROJECT_ROOT, "dist"), { recursive: true });
writeFileSync(archive, terraformArchive());

console.log(
  `Built lib/, ${[TERRAFORM_MODULE_FILE, archive].map((file) => relative(PROJECT_ROOT, file)).join(" and ")}.`,
);
