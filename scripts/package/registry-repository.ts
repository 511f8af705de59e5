import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { zipSync } from "fflate";
import { PROJECT_ROOT } from "../tools/project";
import { TERRAFORM_MODULE_FOLDER } from "./terraform-module";

/** The registry requires a repository with this name and with the module at its root. */
export const REGISTRY_REPOSITORY = join(PROJECT_ROOT, "dist", "terraform-aws-ecs-task-execution-role");

/** The files of the registry repository, name -> text. */
export function registryRepositoryFiles(): Readonly<Record<string, string>> {
  const ofModule = readdirSync(TERRAFORM_MODULE_FOLDER, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /\.(tf|hcl|md|json)$/.test(file) && !file.includes(".terraform"))
    .map((file) => [file, join(TERRAFORM_MODULE_FOLDER, file)] as const);
  const ofProject = ["CHANGELOG.md", "LICENSE"].map((file) => [file, join(PROJECT_ROOT, file)] as const);
  return Object.fromEntries(
    [...ofModule, ...ofProject]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, path]) => [name, readFileSync(path, "utf8")]),
  );
}

export function writeRegistryRepository(): void {
  rmSync(REGISTRY_REPOSITORY, { recursive: true, force: true });
  for (const [name, text] of Object.entries(registryRepositoryFiles())) {
    mkdirSync(dirname(join(REGISTRY_REPOSITORY, name)), { recursive: true });
    writeFileSync(join(REGISTRY_REPOSITORY, name), text);
  }
}

/** The repository as a zip, whose bytes depend only on its files. */
export function terraformArchive(): Uint8Array {
  const sameTime = { mtime: new Date(1980, 0, 1) };
  const files = Object.entries(registryRepositoryFiles());
  return zipSync(Object.fromEntries(files.map(([name, text]) => [name, [new TextEncoder().encode(text), sameTime]])));
}
