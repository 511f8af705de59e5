import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { PROJECT_ROOT } from "../parts/project";

const MODULE = "modules/ecs-task-execution-role";

/** What a registry repository of the Terraform module holds, as a zip: the same bytes for the same files. */
export function terraformArchive(): Uint8Array {
  const files = [
    ["README.md", `${MODULE}/README.md`],
    ["CHANGELOG.md", "CHANGELOG.md"],
    ["LICENSE", "LICENSE"],
    ...below(`${MODULE}/terraform`).map((file) => [file, `${MODULE}/terraform/${file}`]),
    ...below("examples/terraform-native").map((file) => [`examples/${file}`, `examples/terraform-native/${file}`]),
  ] as [string, string][];
  const sameTime = { mtime: new Date(1980, 0, 1) };
  return zipSync(
    Object.fromEntries(
      files
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, file]) => [
          name,
          [new TextEncoder().encode(moved(readFileSync(join(PROJECT_ROOT, file), "utf8"))), sameTime],
        ]),
    ),
  );
}

/** In a registry repository the module is the root, so the examples find it there. */
function moved(text: string): string {
  return text.replaceAll(`"../../../${MODULE}/terraform"`, '"../../"');
}

function below(folder: string): string[] {
  return readdirSync(join(PROJECT_ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /\.(tf|hcl)$/.test(file) && !file.includes(".terraform"));
}
