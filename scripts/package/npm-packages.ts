import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import manifest from "../../package.json";
import { PROJECT_ROOT } from "../tools/project";

/** The files that npm packs in addition to `files`. */
const ALWAYS_PACKED = ["README.md", "LICENSE"];

/** The Terraform module as a release archive. */
export const TERRAFORM_ARCHIVE = join(
  PROJECT_ROOT,
  "dist",
  `terraform-aws-ecs-task-execution-role-${manifest.version}.zip`,
);

/** The folder that the package for CDK Terrain, the fork of cdktf, is packed from. */
export const CDKTN_PACKAGE = join(PROJECT_ROOT, "dist", "cdktn");

/**
 * Writes the package for CDK Terrain from the compiled one: the same files, but they import the packages of
 * the fork.
 */
export function writeCdktnPackage(): void {
  rmSync(CDKTN_PACKAGE, { recursive: true, force: true });
  for (const path of [...manifest.files, ...ALWAYS_PACKED]) {
    cpSync(join(PROJECT_ROOT, path), join(CDKTN_PACKAGE, path), { recursive: true });
  }
  for (const name of readdirSync(CDKTN_PACKAGE, { recursive: true, encoding: "utf8" })) {
    const [file, rename] = [join(CDKTN_PACKAGE, name), RENAME[extname(name)]];
    if (rename) {
      writeFileSync(file, rename(readFileSync(file, "utf8")));
    }
  }
  writeFileSync(join(CDKTN_PACKAGE, "package.json"), `${JSON.stringify(cdktnManifest(), null, 2)}\n`);
}

const RENAME: Readonly<Record<string, (text: string) => string>> = {
  ".js": inCdktnsNames,
  ".ts": inCdktnsNames,
  ".md": inCdktnsWords,
};

/** The title and the code are those of the package for CDK Terrain. How to install the other package is left out. */
function inCdktnsWords(page: string): string {
  return page
    .replace(/^.+:\n\n```sh\nnpm install cdktf-ecs-task-execution-role .*\n```\n\n/m, "")
    .replace(/^# .*$|^```ts\n[\s\S]*?^```$/gm, inCdktnsNames);
}

function inCdktnsNames(text: string): string {
  return text
    .replaceAll('"cdktf"', '"cdktn"')
    .replaceAll("@cdktf/provider-aws", "@cdktn/provider-aws")
    .replaceAll(/(?<!\/)\bcdktf-ecs-task-execution-role\b(?!\.git)/g, "cdktn-ecs-task-execution-role");
}

function cdktnManifest(): object {
  const { scripts, devDependencies, ...published } = manifest;
  return {
    ...published,
    name: "cdktn-ecs-task-execution-role",
    description: published.description.replace("CDKTF", "CDK Terrain"),
    keywords: published.keywords.map((keyword) => (keyword === "cdktf" ? "cdktn" : keyword)),
    engines: { node: ">=22.11" },
    peerDependencies: { "@cdktn/provider-aws": ">=25 <26", cdktn: "^0.24.0", constructs: ">=10.6.0 <10.8.0" },
  };
}
