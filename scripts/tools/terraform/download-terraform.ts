import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Finished, isExecutable, run } from "../child-process";
import { MissingTool } from "../missing-tool";
import { CACHE_FOLDER } from "../project";
import { dependencies } from "./terraform-download/package.json";

/** The library that downloads Terraform has the same version. */
const VERSION = dependencies["@jahed/terraform"];

/** The library is installed only where it is needed: in this project's node_modules, its `terraform` would shadow the user's. */
const LIBRARY = join(__dirname, "terraform-download");

/**
 * The Terraform in the project's cache, downloaded from HashiCorp on first use. The library,
 * `@jahed/terraform`, verifies HashiCorp's checksums and their signature.
 *
 * @param instructions what to do if the download fails.
 * @throws MissingTool if the download fails.
 */
export async function downloadTerraform(instructions: string, cacheFolder = CACHE_FOLDER): Promise<string> {
  const ending = process.platform === "win32" ? ".exe" : "";
  const terraform = join(cacheFolder, "@jahed", "terraform", `terraform-v${VERSION}${ending}`);
  if (isExecutable(terraform)) {
    return terraform;
  }
  process.stderr.write(`There is no terraform on the PATH: downloading Terraform ${VERSION} into ${cacheFolder} ...\n`);
  // An interrupted download leaves a file that cannot run, and the library would use it.
  await rm(terraform, { force: true });

  const succeed = ({ code, output }: Finished) => {
    if (code !== 0) {
      throw new MissingTool(
        `There is no terraform on the PATH, and Terraform ${VERSION} could not be downloaded (${reasonIn(output)}): ` +
          `${instructions}.`,
      );
    }
  };
  const library = join(cacheFolder, "terraform-download");
  await cp(LIBRARY, library, { recursive: true });
  succeed(await npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], library));
  const cli = join(library, "node_modules", "@jahed", "terraform", "bin", "terraform.js");
  const env = { ...process.env, CACHE_DIR: cacheFolder };
  succeed(await run(process.execPath, [cli, "version"], { cwd: library, env }));
  return terraform;
}

/** The npm that runs this script, if any. It runs as a Node.js script, because npm is not an executable on Windows. */
function npm(args: readonly string[], cwd: string): Promise<Finished> {
  const { npm_execpath: script } = process.env;
  return script ? run(process.execPath, [script, ...args], { cwd }) : run("npm", args, { cwd });
}

/** The message of the error that Node or npm printed, or of its cause. */
function reasonIn(output: string): string {
  const patterns = [/\[cause\]: \w*Error: (.*)/, /^\w*Error: (.*)/m, /^npm error (?!code)(.*)/m];
  const [reason = output.trim()] = patterns.map((pattern) => output.match(pattern)?.[1]).filter(Boolean);
  return reason;
}
