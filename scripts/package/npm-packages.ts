import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { PROJECT_ROOT } from "../parts/project";

interface Manifest {
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly repository: object;
  readonly homepage: string;
  readonly bugs: object;
  readonly engines: object;
  readonly files: readonly string[];
  readonly keywords: readonly string[];
  readonly scripts: object;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** The files that npm packs in addition to `files`. */
const ALWAYS_PACKED = ["README.md", "LICENSE"];

/** The package of this folder. */
export function manifest(): Manifest {
  return JSON.parse(readFileSync(join(PROJECT_ROOT, "package.json"), "utf8"));
}

/** The Terraform module as a release archive. */
export const TERRAFORM_ARCHIVE = join(
  PROJECT_ROOT,
  "dist",
  `terraform-aws-ecs-task-execution-role-${manifest().version}.zip`,
);

/** The folder that the package for CDK Terrain, the fork of cdktf, is packed from. */
export const CDKTN_PACKAGE = join(PROJECT_ROOT, "dist", "cdktn");

/**
 * Writes the package for CDK Terrain from the compiled one: the same files, but they import the packages of
 * the fork.
 */
export function writeCdktnPackage(): void {
  rmSync(CDKTN_PACKAGE, { recursive: true, force: true });
  const { files } = manifest();
  for (const file of [...files, ...ALWAYS_PACKED].flatMap(filesIn)) {
    mkdirSync(dirname(join(CDKTN_PACKAGE, file)), { recursive: true });
    const rename = RENAME[extname(file)];
    if (rename) {
      writeFileSync(join(CDKTN_PACKAGE, file), rename(readFileSync(join(PROJECT_ROOT, file), "utf8")));
    } else {
      cpSync(join(PROJECT_ROOT, file), join(CDKTN_PACKAGE, file));
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
  const { scripts, devDependencies, ...published } = manifest();
  return {
    ...published,
    name: "cdktn-ecs-task-execution-role",
    description: published.description.replace("CDKTF", "CDK Terrain"),
    keywords: published.keywords.map((keyword) => (keyword === "cdktf" ? "cdktn" : keyword)),
    engines: { node: ">=22.11" },
    peerDependencies: { "@cdktn/provider-aws": ">=25 <26", cdktn: "^0.24.0", constructs: ">=10.6.0 <10.8.0" },
  };
}

/** A file, or all files in a folder, relative to the project root. */
function filesIn(path: string): string[] {
  const isFile = (name: string) => statSync(join(PROJECT_ROOT, name)).isFile();
  return isFile(path)
    ? [path]
    : readdirSync(join(PROJECT_ROOT, path), { recursive: true, encoding: "utf8" })
        .map((name) => join(path, name))
        .filter(isFile);
}
