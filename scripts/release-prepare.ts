import { hash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { version } from "../package.json";
import { CLI_PACKAGE } from "./package/cli-package";
import { CDKTN_PACKAGE, TERRAFORM_ARCHIVE } from "./package/npm-packages";
import { releaseNotes } from "./package/release-notes";
import { run, succeed } from "./tools/child-process";
import { runCommand } from "./tools/command-line";
import { PROJECT_ROOT } from "./tools/project";

const RELEASE = join(PROJECT_ROOT, "dist", "release");

/** The files that contain the URL of the repository. */
const WITH_SOURCES = [
  "package.json",
  "README.md",
  "cli/README.md",
  "docs/existing-roles.md",
  "modules/ecs-task-execution-role/README.md",
  "modules/ecs-task-execution-role/terraform/README.md",
];

const read = (file: string) => readFileSync(join(PROJECT_ROOT, file), "utf8");

const usage = `Writes the release artifacts to dist/release, without publishing anything.

  npm run release:prepare -- vX.Y.Z, with the version of package.json`;

async function prepare(tag: string | undefined): Promise<number> {
  if (tag !== `v${version}`) {
    throw new Error(`The tag must be v${version}, as in package.json; got ${tag ?? "none"}.`);
  }
  const nameless = WITH_SOURCES.filter((file) => read(file).includes("OWNER/"));
  if (nameless.length > 0) {
    throw new Error(`Replace OWNER with the publishing organization in ${nameless.join(", ")}.`);
  }
  const notes = releaseNotes(read("CHANGELOG.md"), version);

  console.log("Building ...");
  succeed(await run("npm", ["run", "--silent", "build"], { cwd: PROJECT_ROOT }));
  rmSync(RELEASE, { recursive: true, force: true });
  mkdirSync(RELEASE, { recursive: true });

  console.log("Packing the npm packages ...");
  for (const cwd of [PROJECT_ROOT, CDKTN_PACKAGE, CLI_PACKAGE]) {
    succeed(await run("npm", ["pack", "--pack-destination", RELEASE], { cwd }));
  }
  const archive = basename(TERRAFORM_ARCHIVE);
  cpSync(TERRAFORM_ARCHIVE, join(RELEASE, archive));
  const published = readdirSync(RELEASE).sort();
  writeFileSync(join(RELEASE, "SHA256SUMS"), published.map((file) => `${checksum(file)}  ${file}\n`).join(""));
  writeFileSync(join(RELEASE, "NOTES.md"), notes);
  console.log(`Release ${tag} is in dist/release: three npm packages, ${archive}, their checksums, and NOTES.md.`);
  return 0;
}

const checksum = (file: string): string => hash("sha256", readFileSync(join(RELEASE, file)));

void runCommand({ usage, allowPositionals: true }, (_values, [tag]) => prepare(tag));
